/// What decides whether a connection is trusted.
struct TrustOptions: Equatable {
    /// The PEM file of authorities; nil only without TLS.
    let caFile: String?
    /// Whether that file is the system's, as opposed to a provider instance's.
    let isOfTheSystem: Bool
    /// Whether plain HTTP is allowed.
    let allowsInsecureHTTP: Bool
}
