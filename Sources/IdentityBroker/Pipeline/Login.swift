#if canImport(FoundationEssentials)
    import FoundationEssentials
#else
    import Foundation
#endif

/// One login, from credential to identity. ``perform()`` is the recipe; each step stands in a file of its own.
struct Login {
    let broker: Broker
    let providerID: ProviderID
    let credential: Credential
    let id: UUID
    let began: Date
    let stopwatch: Duration

    /// What the steps find out on the way, for the verdict at the end.
    var entry: ProviderDirectory.Entry?
    var reservation: OneTimeReservation?
    var departure = Departure.nothingLeft
    var fate = CredentialFate.unused

    init(_ providerID: ProviderID, with credential: Credential, at broker: Broker) {
        self.broker = broker
        self.providerID = providerID
        self.credential = credential
        id = broker.identifiers.next()
        began = broker.clock.now()
        stopwatch = broker.clock.uptime()
    }

    /// The whole login: what came of it is on record before the answer is given.
    mutating func run() async -> Result<Identity, BrokerError> {
        let outcome: Result<Identity, BrokerError>
        do throws(BrokerError) { outcome = .success(try await perform()) } catch { outcome = .failure(error) }
        return await conclude(outcome)
    }

    private mutating func perform() async throws(BrokerError) -> Identity {
        let provider = try resolve()
        let form = try check(against: provider)
        let deadline = try admit(to: provider)
        defer { provider.entry.admission.leave() }
        try await reserve(form, with: provider)
        let upstream = try await exchange(with: provider, until: deadline)
        try confirm(provider)
        let subject = try gate(upstream, from: provider)
        return normalise(upstream, of: subject, from: provider)
    }
}
