package import IdentityBroker

extension CallerKey {
    /// A relying party by its `client_id`. No address has the same key.
    package static func client(_ id: String) -> CallerKey {
        CallerKey("client \(id)")
    }
}
