import IdentityBroker

/// What one login passed to its store.
struct RecordedLogin: Sendable {
    let reservation: OneTimeReservation
    let event: AuditEvent

    /// What this many logins pass to their store, each with its own ticket.
    static func record(_ count: Int, answeredBy transport: CannedTransport) async throws -> [RecordedLogin] {
        let store = RecordingStore()
        let instance = try WXApp.instance(WXApp.healthy, port: 443, authority: nil, limits: .benchmark(inFlight: 1))
        let broker = try Broker(providers: [instance], transport: transport, store: store)
        let tickets = WXApp.newTickets()
        for number in 0..<UInt64(count) {
            _ = try await broker.login(WXApp.healthy, with: WXApp.ticket(tickets + number))
        }
        await broker.finish()
        return await store.logins
    }
}
