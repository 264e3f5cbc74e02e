/// Something of an upstream's that belongs to no login: its discovery document, its keys, an app's own access token.
///
/// A provider says how to ask for it and how to read the answer, and the broker keeps it: one fetch at a time for each
/// instance, however many logins wait, through the guarded transport and within the instance's limits.
///
/// ```swift
/// let keys = SharedValue("keys", from: UpstreamRequest(method: .get, url: metadata.keys)) { response in
///     try KeySet(response)
/// }
/// var key = try await exchange.shared(keys)[keyID]
/// if key == nil { key = try await exchange.refetched(keys)[keyID] }
/// ```
///
/// Values are the same if name, request and type are. They are gone with the instance, also when it is replaced.
public struct SharedValue<Value: Sendable>: Sendable {
    /// What it is, in snake case, for the log: `keys`. No secret.
    public let name: String
    /// How to ask for it. It belongs to no login, so it may be sent again, and a login's credential in it is refused.
    public let request: UpstreamRequest
    /// How long it is kept, and how often it is asked for.
    public let bounds: SharedValueBounds

    let read: @Sendable (UpstreamResponse) throws -> Value
    private let statedLifetime: (@Sendable (Value) -> Duration?)?
    private let statedSecrets: @Sendable (Value) -> [Secret]

    /// Declares a shared value. This contacts nobody, and may be done at each login.
    ///
    /// - Parameters:
    ///   - name: What it is, in snake case.
    ///   - request: How to ask for it.
    ///   - bounds: How long it is kept, and how often it is asked for.
    ///   - secrets: What in it must not be seen, such as an app's token; the broker keeps it out of logs and errors. A value
    ///     that is a ``Secret`` is one without being named here.
    ///   - lifetime: How long the value itself says that it is good for, from when it was asked for; nil in the answer for
    ///     nothing. Without the closure the answer's header fields say it: `Cache-Control` and `Age` (RFC 9111 §4.2.1).
    ///   - read: Reads the answer, whatever its status. It throws ``BrokerError``, as a login would fail that needs the
    ///     value; a status that is not a success has to be refused here.
    public init(
        _ name: String,
        from request: UpstreamRequest,
        within bounds: SharedValueBounds = SharedValueBounds(),
        secrets: @escaping @Sendable (Value) -> [Secret] = { _ in [] },
        lifetime: (@Sendable (Value) -> Duration?)? = nil,
        reading read: @escaping @Sendable (UpstreamResponse) throws -> Value
    ) {
        self.name = name
        self.request = request
        self.bounds = bounds
        self.read = read
        statedSecrets = secrets
        statedLifetime = lifetime
    }

    func secrets(in value: Value) -> [Secret] {
        ((value as? Secret).map { [$0] } ?? []) + statedSecrets(value)
    }

    func lifetime(of value: Value, in response: UpstreamResponse) -> Duration? {
        guard let statedLifetime else { return response.statedFreshness }
        return statedLifetime(value)
    }
}

extension SharedValue: CustomReflectable {
    /// A mirror without children: a secret may appear in its request.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// How long a ``SharedValue`` is kept, and how often it is asked for. Times are counted by a stopwatch from when the upstream
/// was asked, so that setting the clock changes none.
public struct SharedValueBounds: Sendable, Hashable {
    /// How long a value is fresh, whatever its answer says: not shorter and not longer than this.
    public var freshness: ClosedRange<Duration>
    /// How long a value is fresh whose answer does not say.
    public var unstatedFreshness: Duration
    /// For how long after that it still serves while the upstream fails; zero for what is of no use then.
    public var staleness: Duration
    /// How long a login waits for the upstream while there is an old value that may serve.
    public var patience: Duration
    /// How long a failure is remembered. Logins that need the value fail at once meanwhile, unless an old one serves.
    public var failureMemory: Duration
    /// The time from one forced refetch to the next; see ``ExchangeContext/refetched(_:)``.
    public var refetchInterval: Duration

    /// Sets bounds. The defaults suit documents and key sets. For a token, whose lifetime is the upstream's to say, use
    /// ``token``. None is longer than a year.
    public init(
        freshness: ClosedRange<Duration> = .seconds(60)...Duration.seconds(24 * 60 * 60),
        unstatedFreshness: Duration = .seconds(10 * 60),
        staleness: Duration = .seconds(24 * 60 * 60),
        patience: Duration = .seconds(1),
        failureMemory: Duration = .seconds(5),
        refetchInterval: Duration = .seconds(30)
    ) {
        let longest = Duration.seconds(365 * 24 * 60 * 60)
        func bounded(_ duration: Duration) -> Duration { min(max(duration, .zero), longest) }
        self.freshness = bounded(freshness.lowerBound)...bounded(freshness.upperBound)
        self.unstatedFreshness = bounded(unstatedFreshness)
        self.staleness = bounded(staleness)
        self.patience = bounded(patience)
        self.failureMemory = bounded(failureMemory)
        self.refetchInterval = bounded(refetchInterval)
    }

    /// For an app's own access token: fresh for exactly as long as its answer says, a day at most, and never used after
    /// that. One whose answer does not say is fetched for each login that finds no fetch under way.
    public static var token: SharedValueBounds {
        SharedValueBounds(
            freshness: .zero...Duration.seconds(24 * 60 * 60), unstatedFreshness: .zero, staleness: .zero)
    }

    func freshness(stated: Duration?) -> Duration {
        min(max(stated ?? unstatedFreshness, freshness.lowerBound), freshness.upperBound)
    }
}
