/// What goes wrong before the upstream can receive a request.
public enum HandshakeFault: Sendable, Hashable {
    /// The certificate is for another host.
    case certificateForAnotherHost

    /// The certificate was issued by an authority that is not in the CA file.
    case certificateOfAnotherAuthority

    /// The certificate has expired.
    case expiredCertificate

    /// Only TLS 1.1 is offered.
    ///
    /// OpenSSL 3 refuses it by itself at security level 1 and up, because TLS 1.1 signs with SHA-1. To prove that the
    /// client's own minimum applies, the client needs `SECLEVEL=0` in its ciphers; then one without a minimum connects,
    /// and one that demands TLS 1.2 is sent a `protocol_version` alert.
    case obsoleteTLSVersion

    /// The ClientHello is never answered.
    case hang

    /// The connection is reset after the ClientHello.
    case reset
}
