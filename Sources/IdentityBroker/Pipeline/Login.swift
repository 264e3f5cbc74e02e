import Foundation

/// One login, from credential to identity. ``perform()`` is the recipe; each step has its own file.
struct Login {
    let broker: Broker
    let providerID: ProviderID
    /// What the caller brought; once a callback has been read, with its code.
    var credential: Credential
    let caller: CallerKey?
    let purpose: LoginPurpose
    let id: UUID
    let began: Date
    let stopwatch: Duration
    /// Who waits for the outcome, if that matters to the login.
    var requester: (any LoginRequester)?

    /// What the steps find out, for the verdict at the end.
    var entry: ProviderDirectory.Entry?
    var deadline: Deadline?
    var reservation: OneTimeReservation?
    var departure = Departure.nothingLeft
    var hasResent = false
    var fate = CredentialFate.unused
    var upstreamVerdict = CircuitBreaker.Verdict.undecided
    var upstreamFailure: BrokerError?

    /// What the account records, and the account once it is recorded.
    var signIn: SignIn?
    var account: AccountID?

    init(
        _ providerID: ProviderID,
        with credential: Credential,
        from caller: CallerKey?,
        for purpose: LoginPurpose,
        at broker: Broker
    ) {
        self.broker = broker
        self.providerID = providerID
        self.credential = credential
        self.caller = caller
        self.purpose = purpose
        id = broker.identifiers.next()
        began = broker.clock.now()
        stopwatch = broker.clock.uptime()
    }

    /// The whole login: its outcome is recorded before the answer is given.
    mutating func run() async -> Result<Identity, BrokerError> {
        let outcome: Result<Identity, BrokerError>
        do throws(BrokerError) { outcome = .success(try await perform()) } catch { outcome = .failure(error) }
        return await conclude(outcome)
    }

    private mutating func perform() async throws(BrokerError) -> Identity {
        let provider = try resolve()
        try readCallback(for: provider)
        let form = try check(against: provider)
        let deadline = deadline ?? Deadline(in: provider.instance.limits.timeout, by: broker.clock)
        self.deadline = deadline
        let slot = try await admit(to: provider, until: deadline)
        defer { dismiss(slot, from: provider) }
        try await reserve(form, with: provider, until: deadline)
        let authentication = try await exchange(with: provider, in: slot, until: deadline)
        try confirm(provider)
        let redactor = provider.instance.ledger.redactor(with: credential)
        let key = try gate(authentication, from: provider, with: redactor)
        let identity = normalize(authentication, of: key, with: redactor)
        prepareSignIn(of: identity)
        return identity
    }
}
