/// Where the service listens, and its certificate.
public struct ServingAddress: Sendable {
    /// The address of a network interface.
    public var host: String
    /// The port; 0 for any free one.
    public var port: Int
    /// The certificate and its key; nil for plain HTTP.
    public var certificate: ServingCertificate?

    /// Makes an address.
    public init(host: String, port: Int, certificate: ServingCertificate? = nil) {
        self.host = host
        self.port = port
        self.certificate = certificate
    }
}
