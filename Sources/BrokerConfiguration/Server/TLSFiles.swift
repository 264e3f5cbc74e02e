/// The files of a certificate to serve with.
public struct TLSFiles: Sendable, Hashable {
    /// The absolute path of the certificate chain in PEM form.
    public let certificate: String
    /// The absolute path of the private key in PEM form.
    public let key: String
}
