/// Something from an upstream that belongs to no single login: its discovery document, its keys, an app's own access
/// token.
///
/// A provider declares the request and how to read the answer, and the broker keeps the value: with one fetch of it at
/// a time per instance, however many logins wait, through the guarded transport and within the instance's limits.
///
/// ```swift
/// let keys = SharedValue("keys", from: UpstreamRequest(method: .get, url: metadata.keys)) { response in
///     try KeySet(response)
/// }
/// var key = try await exchange.shared(keys)[keyID]
/// if key == nil { key = try await exchange.refetched(keys)[keyID] }
/// ```
///
/// Two values are the same if name, request and type are. They are dropped with the instance, also when it is replaced;
/// a fetch under way then ends once no login waits for it. An instance keeps at most 64 values, whose answers total at
/// most 4 MiB, or the instance's `responseSize` if that is more. While it fetches, it may hold 64 more answers of that
/// size.
public struct SharedValue<Value: Sendable>: Sendable {
    /// Its name in snake case for the log, such as `keys`. Not secret.
    public let name: String
    /// The request for it. It belongs to no login, so it may be repeated, and must not contain a login's credential.
    public let request: UpstreamRequest
    /// How long it is kept, and how often it is fetched.
    public let bounds: SharedValueBounds

    let read: @Sendable (UpstreamResponse) throws -> Value
    private let statedLifetime: (@Sendable (Value) -> Duration?)?
    private let statedSecrets: @Sendable (Value) -> [Secret]

    /// Declares a shared value. This makes no request, and may happen at each login.
    ///
    /// - Parameters:
    ///   - name: Its name in snake case.
    ///   - request: The request for it.
    ///   - bounds: How long it is kept, and how often it is fetched.
    ///   - secrets: The secrets in it, such as an app's token; the broker keeps them out of logs and errors. A value of
    ///     type ``Secret`` need not be listed.
    ///   - lifetime: The value's own lifetime, from the time of the request; the closure returns nil if there is none.
    ///     Without the closure, header fields of the answer decide: `Cache-Control` and `Age` (RFC 9111 §4.2.1).
    ///   - read: Reads the answer, whatever its status. It throws ``BrokerError``, with which the logins that need the
    ///     value fail; it must refuse an unsuccessful status.
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
    /// A mirror without children: its request may contain a secret.
    public var customMirror: Mirror { Mirror(self, children: [:]) }
}

/// The identity of a shared value.
struct SharedValueKey: Sendable, Hashable {
    let name: String
    private let request: UpstreamRequest
    private let type: ObjectIdentifier

    init<Value>(_ shared: SharedValue<Value>) {
        name = shared.name
        request = shared.request
        type = ObjectIdentifier(Value.self)
    }

    /// Few of an instance's values have the same name, and hashing a request takes longer than comparing one.
    func hash(into hasher: inout Hasher) {
        hasher.combine(name)
    }
}

/// How long a ``SharedValue`` is kept, and how often it is fetched. Durations are measured by a stopwatch from the time
/// of the request, so that setting the clock has no effect.
public struct SharedValueBounds: Sendable, Hashable {
    /// How long a value is fresh, at least and at most, whatever its answer says.
    public var freshness: ClosedRange<Duration>
    /// How long a value is fresh if its answer does not say.
    public var unstatedFreshness: Duration
    /// How long after that it is still used while the upstream fails; zero for never.
    public var staleness: Duration
    /// How long a login waits for the upstream if there is an old value to use.
    public var patience: Duration
    /// How long a failure is remembered. In that time, logins that need the value fail at once, unless there is an old
    /// one to use.
    public var failureMemory: Duration
    /// The minimum time between forced refetches; see ``ExchangeContext/refetched(_:)``.
    public var refetchInterval: Duration
    /// How often a fetch asks at most, if an answer with a status of success says that the upstream is busy: 1 to 5 times,
    /// without a pause.
    public var attempts: Int

    /// Sets bounds. The defaults suit documents and key sets. For a token, whose lifetime the upstream decides, use
    /// ``token``. None is longer than a year.
    public init(
        freshness: ClosedRange<Duration> = .seconds(60)...Duration.seconds(24 * 60 * 60),
        unstatedFreshness: Duration = .seconds(10 * 60),
        staleness: Duration = .seconds(24 * 60 * 60),
        patience: Duration = .seconds(1),
        failureMemory: Duration = .seconds(5),
        refetchInterval: Duration = .seconds(30),
        attempts: Int = 1
    ) {
        let longest = Duration.seconds(365 * 24 * 60 * 60)
        func bounded(_ duration: Duration) -> Duration { min(max(duration, .zero), longest) }
        self.freshness = bounded(freshness.lowerBound)...bounded(freshness.upperBound)
        self.unstatedFreshness = bounded(unstatedFreshness)
        self.staleness = bounded(staleness)
        self.patience = bounded(patience)
        self.failureMemory = bounded(failureMemory)
        self.refetchInterval = bounded(refetchInterval)
        self.attempts = min(max(attempts, 1), 5)
    }

    /// For an app's own access token: fresh for exactly as long as its answer says, up to a day, and never used after
    /// that. If the answer does not say, the token is fetched for each login that finds no fetch under way. An upstream
    /// that says it is busy is asked up to three times, since no login can go on without the token.
    public static var token: SharedValueBounds {
        SharedValueBounds(
            freshness: .zero...Duration.seconds(24 * 60 * 60), unstatedFreshness: .zero, staleness: .zero, attempts: 3)
    }

    func freshness(stated: Duration?) -> Duration {
        min(max(stated ?? unstatedFreshness, freshness.lowerBound), freshness.upperBound)
    }
}
