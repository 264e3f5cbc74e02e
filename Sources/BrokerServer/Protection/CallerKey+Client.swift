package import IdentityBroker

extension CallerKey {
    /// A relying party by its `client_id`. Distinct from the key of any address.
    package static func client(_ id: String) -> CallerKey {
        CallerKey("client \(id)")
    }
}
