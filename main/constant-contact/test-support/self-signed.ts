/** A certificate for localhost that nobody vouches for, with its key. For tests alone; it guards nothing. */
export const selfSigned = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQguaYvhyKy4pqhI7vt
izStuflOURVxXAqFmJLZ95J0VAmhRANCAAQAp832MceEJhOFjfJxFTAo1eFB01MQ
tEgnPr7Mjz60eWUtoxZOwZ8jOQ9a7KAD/S0v97i6IpTw3X094UwsP6HT
-----END PRIVATE KEY-----`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBlTCCATugAwIBAgIUIJOdUBqS0X6mPIEbmauCWpYQByAwCgYIKoZIzj0EAwIw
FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMzE0MjgzMVoYDzIxMjYxMDMw
MTQyODMxWjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
PQMBBwNCAAQAp832MceEJhOFjfJxFTAo1eFB01MQtEgnPr7Mjz60eWUtoxZOwZ8j
OQ9a7KAD/S0v97i6IpTw3X094UwsP6HTo2kwZzAdBgNVHQ4EFgQUR+10COaRAYk3
G7DkgQeQxubd0+MwHwYDVR0jBBgwFoAUR+10COaRAYk3G7DkgQeQxubd0+MwDwYD
VR0TAQH/BAUwAwEB/zAUBgNVHREEDTALgglsb2NhbGhvc3QwCgYIKoZIzj0EAwID
SAAwRQIgbII19F9UEPtCIXV0p4MjEvlsYPIaHQJkWdYBgdVe1sMCIQDbW+TQthxf
KHt9yt0EL66hYiKOtz+69ek64Bm/BRaHgQ==
-----END CERTIFICATE-----`,
};

/** A host that does not exist: it is reached through a test's proxy or not at all. */
export const provingHost = 'api.segue.test';

/** A certificate for {@link provingHost}; trusted where `NODE_EXTRA_CA_CERTS` names a file that holds it. */
export const provingCertificate = {
  key: `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgkCaDkUluLU5YQxBU
IEdT4mBQzV+/+dwduSXcqzs1rcOhRANCAAS1pM+WmBrq4det13Av0TiRBoMBycrF
f3CMFeGneLLphY/YEnjS7/pbg0JA3w5FNOlxPxbNbV5dua2/jminpdPO
-----END PRIVATE KEY-----`,
  cert: `-----BEGIN CERTIFICATE-----
MIIBpDCCAUqgAwIBAgIUX2p0sB4iyFxvTckbNUKpvFkASI0wCgYIKoZIzj0EAwIw
GTEXMBUGA1UEAwwOYXBpLnNlZ3VlLnRlc3QwIBcNMjYxMTIzMTUzMzM1WhgPMjEy
NjEwMzAxNTMzMzVaMBkxFzAVBgNVBAMMDmFwaS5zZWd1ZS50ZXN0MFkwEwYHKoZI
zj0CAQYIKoZIzj0DAQcDQgAEtaTPlpga6uHXrddwL9E4kQaDAcnKxX9wjBXhp3iy
6YWP2BJ40u/6W4NCQN8ORTTpcT8WzW1eXbmtv45op6XTzqNuMGwwHQYDVR0OBBYE
FCAqk/4QYmq9dRsjQJ/WsUkQEMiIMB8GA1UdIwQYMBaAFCAqk/4QYmq9dRsjQJ/W
sUkQEMiIMA8GA1UdEwEB/wQFMAMBAf8wGQYDVR0RBBIwEIIOYXBpLnNlZ3VlLnRl
c3QwCgYIKoZIzj0EAwIDSAAwRQIgUDKrofJ+tdop8Yr+bDr/1hMheDD8hCSZt/m2
eIRD9q0CIQD7Ptff/JzoKNm3+VbSIl+qkbQ6G3OXTyxVS+B9rV+liA==
-----END CERTIFICATE-----`,
};
