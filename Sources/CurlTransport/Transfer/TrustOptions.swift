/// What decides whether a connection may be trusted.
struct TrustOptions: Equatable {
    /// The PEM file of authorities; nil only where no TLS is spoken.
    let caFile: String?
    /// Whether that file is the system's, and not one of a provider instance.
    let isOfTheSystem: Bool
    /// Whether plain HTTP may be spoken.
    let allowsInsecureHTTP: Bool
}
