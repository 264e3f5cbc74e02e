import IdentityBroker

extension Broker {
    /// Whether a login with the ticket of this number succeeds.
    func loginSucceeds(_ id: ProviderID = WXApp.healthy, ticket number: UInt64) async -> Bool {
        (try? await login(id, with: WXApp.ticket(number))) != nil
    }
}
