/// The files of a certificate and its key.
public struct CertificatePaths: Sendable, Hashable {
    /// The absolute path of the certificate chain in PEM form.
    public let certificate: String
    /// The absolute path of the private key in PEM form.
    public let key: String

    /// Names the files.
    public init(certificate: String, key: String) {
        self.certificate = certificate
        self.key = key
    }
}
