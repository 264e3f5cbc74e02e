/// Where the service listens, and what it proves itself with.
public struct ServingAddress: Sendable {
    /// The address of an interface.
    public var host: String
    /// The port; 0 takes a free one.
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
