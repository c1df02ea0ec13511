/** DuckDB's share of memory for reading, checking and plans, in MB; what does not fit is spilled to disk. */
export const segmentMemoryMb = 160;
