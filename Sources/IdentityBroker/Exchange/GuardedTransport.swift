import HTTPTypes

/// Guards the transport for one login: it enforces the rules that a provider could forget.
final class GuardedTransport: Sendable {
    private struct State: Sendable {
        var record = DepartureRecord()
        var whenIdle: CheckedContinuation<Void, Never>?
        /// The host of the last request that was not answered.
        var silentHost: String?
    }

    private let transport: any UpstreamTransport
    private let policy: TransportPolicy
    private let deadline: Deadline
    private let credential: SecretSearch
    private let secrets: [SecretSearch]
    private let mayLeave: Bool
    private let state = Locked(State())

    /// - Parameters:
    ///   - secret: What may leave once: the credential, or the state of a login that begins.
    ///   - others: What else belongs to this login alone, and must not appear in shared requests.
    ///   - mayLeave: Whether the secret may leave at all.
    init(
        _ transport: any UpstreamTransport,
        policy: TransportPolicy,
        deadline: Deadline,
        secret: Secret,
        others: [Secret] = [],
        mayLeave: Bool = true
    ) {
        self.transport = transport
        self.policy = policy
        self.deadline = deadline
        credential = SecretSearch(secret)
        secrets = ([secret] + others).map(SecretSearch.init)
        self.mayLeave = mayLeave
    }

    /// Whether a request was sent in place of one that the upstream refused.
    var hasResent: Bool { state.withLock { $0.record.hasResent } }

    /// The host of the last request that brought no answer; nil if each did.
    var silentHost: String? { state.withLock { $0.silentHost } }

    /// Sends a request if that is allowed; see ``ExchangeContext/send(_:)``.
    ///
    /// - Parameter refused: The request that it replaces, in which the upstream refused the app's token; see
    ///   ``ExchangeContext/send(with:refusedIf:_:)``.
    func send(
        _ request: UpstreamRequest,
        insteadOf refused: UpstreamRequest? = nil
    ) async throws(BrokerError) -> UpstreamResponse {
        // A transport might take zero time for no limit.
        let remaining = deadline.remaining
        guard remaining > .zero else { throw TransportFailure(.timedOut, mayHaveLeft: false).brokerError(of: request) }
        try begin(request, insteadOf: refused)
        let response: UpstreamResponse
        do {
            response = try await transport.send(request, under: policy, within: remaining)
        } catch {
            end(request, mayHaveLeft: error.mayHaveLeft, answered: false)
            throw error.brokerError(of: request)
        }
        end(request, mayHaveLeft: true, answered: true)
        return try response.unlessRedirected()
    }

    /// Refuses a shared request if it comes too late, or contains a login's credential.
    func check(shared request: UpstreamRequest) throws(BrokerError) {
        guard !state.withLock({ $0.record.isSealed }) else { throw .loginOver }
        guard !secrets.contains(where: { request.contains($0) }) else {
            // Either the provider shares what belongs to one login, or the credential is something that every login sends,
            // such as a code of one letter, which anyone can bring.
            throw BrokerError(.invalidCredential, "The credential is part of a request that all logins share.")
        }
    }

    /// Sends nothing more, waits for what is under way, and returns what left.
    ///
    /// It waits for the transport, which honors cancellation, but never for the provider, which might not.
    func seal() async -> Departure {
        await withCheckedContinuation { continuation in
            let isIdle = state.withLock { state in
                state.record.seal()
                if !state.record.isIdle { state.whenIdle = continuation }
                return state.record.isIdle
            }
            if isIdle { continuation.resume() }
        }
        return state.withLock { $0.record.departure }
    }

    private func begin(_ request: UpstreamRequest, insteadOf refused: UpstreamRequest?) throws(BrokerError) {
        try policy.check(request)
        let bearsCredential = bearsCredential(request)
        // It is not reserved yet, and would leave a second time at the next login.
        guard mayLeave || !bearsCredential else {
            throw BrokerError(.internalError, "The provider tried to send a credential that it says proves itself.")
        }
        let refusal = state.withLock { state in
            guard let refused else { return state.record.begin(request, bearsCredential: bearsCredential) }
            return state.record.begin(request, insteadOf: refused, bearsCredential: bearsCredential)
        }
        switch refusal {
        case nil:
            return
        case .sealed:
            throw .loginOver
        case .repeated, .credentialHasLeft:
            throw BrokerError(.internalError, "The provider tried to send a credential a second time.")
        }
    }

    private func end(_ request: UpstreamRequest, mayHaveLeft: Bool, answered: Bool) {
        let waiter = state.withLock { state -> CheckedContinuation<Void, Never>? in
            state.record.end(request, mayHaveLeft: mayHaveLeft, answered: answered)
            if !answered { state.silentHost = request.host }
            guard state.record.isIdle else { return nil }
            defer { state.whenIdle = nil }
            return state.whenIdle
        }
        waiter?.resume()
    }

    private func bearsCredential(_ request: UpstreamRequest) -> Bool {
        request.contains(credential)
    }
}

extension GuardedTransport: CustomReflectable {
    /// A mirror without children: the requests contain the credential and the instance's secrets.
    var customMirror: Mirror { Mirror(self, children: [:]) }
}

extension TransportPolicy {
    /// Refuses plain HTTP unless the instance allows it.
    func check(_ request: UpstreamRequest) throws(BrokerError) {
        // The transport refuses any other scheme.
        if !egress.permits(UpstreamURL.Scheme(rawValue: request.head.scheme ?? "") ?? .http) {
            throw TransportFailure(.insecureRefused, mayHaveLeft: false).brokerError(of: request)
        }
    }
}

extension UpstreamRequest {
    /// Whether it contains a secret.
    func contains(_ secret: SecretSearch) -> Bool {
        secret.matches(in: body)
            || secret.matches(in: Array((head.path ?? "").utf8))
            || head.headerFields.contains { secret.matches(in: Array($0.value.utf8)) }
    }
}

extension UpstreamResponse {
    /// The answer, unless it is a redirect.
    func unlessRedirected() throws(BrokerError) -> UpstreamResponse {
        guard status.kind != .redirection else {
            throw BrokerError(.upstreamMisbehaved, "The upstream answered with a redirect, which is never followed.")
        }
        return self
    }
}

extension BrokerError {
    fileprivate static var loginOver: BrokerError {
        BrokerError(.cancelled, "The login is over; nothing more is sent.")
    }
}
