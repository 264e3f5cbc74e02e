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
    /// Decides whether a refusal that no credential was reserved for is recorded; nil to record each.
    var refusals: (any RefusalSampling)?
    /// A record that admits one login, and that this one uses up; nil if it needs none.
    var admission: RecordKey?

    /// What the steps find out, for the verdict at the end.
    var entry: ProviderDirectory.Entry?
    var deadline: Deadline?
    var reservation: OneTimeReservation?
    /// Whether the login's code was the first to answer its redirect flow.
    var isFirstAnswer = false
    /// What becomes of a reserved credential of which nothing leaves.
    var fateIfUnsent = CredentialFate.unused
    var departure = Departure.nothingLeft
    var hasResent = false
    var fate = CredentialFate.unused
    var upstreamVerdict = CircuitBreaker.Verdict.undecided
    var upstreamFailure: BrokerError?
    /// The number of the instance's rule that refused the person, from 1, and what was dropped or doubted in the record
    /// that it went by.
    var refusal: (rule: Int, notices: [Notice])?

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
        // Parts of a callback are others, by the form of the redirect.
        if !credential.parts.isEmpty, credential.callback == nil {
            credential.openParts = Set(form.parts.filter { !$0.isSecret }.map(\.name))
        }
        let deadline = deadline ?? Deadline(in: provider.instance.limits.timeout, by: broker.clock)
        self.deadline = deadline
        let slot = try await admit(to: provider, until: deadline)
        defer { dismiss(slot, from: provider) }
        if !form.provesItself { try await reserve(form, with: provider, until: deadline) }
        let authentication = try await exchange(form, with: provider, in: slot, until: deadline)
        let current = try confirm(provider)
        let redactor = try redactor(of: authentication, from: provider)
        let key = try gate(authentication, from: provider, with: redactor)
        let attributes = try authorize(authentication, by: current.instance.identityPolicy)
        if form.provesItself { try await reserve(form, with: provider, until: deadline) }
        try await consumeAdmission(until: deadline)
        let identity = normalize(authentication, of: key, with: attributes, and: redactor)
        prepareSignIn(of: identity)
        return identity
    }
}

/// What a login leads to.
enum LoginPurpose: Sendable {
    case identity
    case account(client: String?, putting: [StoredRecord])

    var client: String? {
        if case .account(let client, _) = self { client } else { nil }
    }
}

/// The result of a provider's exchange. A class, since it passes through tasks and steps: an ``UpstreamIdentity`` is
/// half a kilobyte, and each frame on the way would hold several copies.
final class Authentication: Sendable {
    let upstream: UpstreamIdentity

    init(_ upstream: UpstreamIdentity) {
        self.upstream = upstream
    }
}

/// The result of a login that leads to an account.
public struct SignedIn: Sendable {
    /// The person, as the upstream vouched for them.
    public let identity: Identity
    /// The person's account.
    public let account: AccountID
}
