extension HandshakeFault {
    /// The faults that do not wait for a deadline, by what the upstream does.
    static let endings: [(String, HandshakeFault)] = [
        ("a certificate for another host", .certificateForAnotherHost),
        ("a certificate of another authority", .certificateOfAnotherAuthority),
        ("a certificate that has expired", .expiredCertificate),
        ("TLS 1.1 and nothing newer", .obsoleteTLSVersion),
        ("a connection reset in the handshake", .reset),
    ]
}
