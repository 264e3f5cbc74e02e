import HTTPTypes
import Logging
import Metrics

/// Fetches the values that one instance's logins share, through the instance's network rules, and reports on it: each
/// fetch in `broker_shared_fetches_total`, and lasting trouble in the log.
struct SharedValueFetcher: Sendable {
    typealias Arrival = SharedValueTable<SharedValueKey, any Sendable>.Arrival

    private let id: ProviderID
    private let ledger: SecretLedger
    private let policy: TransportPolicy
    private let timeout: Duration
    private let transport: any UpstreamTransport
    private let clock: BrokerClock
    private let logger: Logger

    init(for instance: ProviderInstance, over transport: any UpstreamTransport, clock: BrokerClock, logger: Logger) {
        id = instance.id
        ledger = instance.ledger
        policy = instance.transportPolicy
        timeout = instance.limits.timeout
        self.transport = transport
        self.clock = clock
        self.logger = logger
    }

    /// Fetches a value. An upstream that is too slow is the upstream's failure: no login's time is over.
    func fetch<Value>(_ shared: SharedValue<Value>) async -> Result<Arrival, BrokerError> {
        do throws(BrokerError) {
            return .success(try await arrival(of: shared, until: Deadline(in: timeout, by: clock)))
        } catch {
            return .failure(error.kind == .timedOut ? .upstreamTooSlow : error)
        }
    }

    /// Counts a fetch.
    func count(_ result: Result<Arrival, BrokerError>, in metrics: any MetricsFactory) {
        var outcome = "success"
        if case .failure(let error) = result { outcome = error.kind.rawValue }
        Counter(
            label: "broker_shared_fetches_total", dimensions: [("provider", id.rawValue), ("outcome", outcome)],
            factory: metrics
        ).increment()
    }

    /// Reports that fetching a value fails, or works again.
    func report(
        _ news: LastingTrouble<BrokerError.Kind>.News,
        of key: SharedValueKey,
        with result: Result<Arrival, BrokerError>,
        isServed: Bool
    ) {
        let redactor = ledger.redactor()
        var metadata: Logger.Metadata = [
            "broker.provider": "\(id)", "broker.shared_value": "\(redactor.redact(key.name))",
        ]
        guard case .failure(let error) = result else {
            logger.notice("what logins share is fetched again", metadata: metadata)
            return
        }
        metadata["broker.reason"] = "\(redactor.redact(error.message))"
        metadata["broker.seconds"] = news.seconds.map { "\($0)" }
        logger.warning(
            isServed
                ? "what logins share cannot be fetched; the old one serves for now"
                : "what logins share cannot be fetched, so logins fail",
            metadata: metadata)
    }

    private func arrival<Value>(
        of shared: SharedValue<Value>,
        until deadline: Deadline
    ) async throws(BrokerError) -> Arrival {
        var attempt = 1
        while true {
            let response = try await send(shared.request, until: deadline)
            do throws(BrokerError) {
                let value = try read(response, as: shared)
                ledger.add(passing: shared.secrets(in: value))
                return Arrival(
                    value: value, bytes: response.body.count, lifetime: shared.lifetime(of: value, in: response))
            } catch {
                // A failing status is no word of the upstream's own, and to ask at once would not help it.
                let mayPass = error.kind == .upstreamUnavailable && response.status.kind == .successful
                guard mayPass, attempt < shared.bounds.attempts, !Task.isCancelled, !deadline.isOver else {
                    throw error
                }
                attempt += 1
            }
        }
    }

    private func read<Value>(_ response: UpstreamResponse, as shared: SharedValue<Value>) throws(BrokerError) -> Value {
        do {
            return try shared.read(response)
        } catch let error as BrokerError {
            throw error
        } catch {
            logger.error(
                "provider failed with an error of its own",
                metadata: ["broker.provider": "\(id)", "broker.error.type": "\(type(of: error))"])
            throw BrokerError(.internalError, "The provider could not read what its logins share.")
        }
    }

    /// Sends the request, and repeats it if the first attempt brought no answer: it belongs to no login.
    private func send(
        _ request: UpstreamRequest,
        until deadline: Deadline
    ) async throws(BrokerError) -> UpstreamResponse {
        try policy.check(request)
        let response: UpstreamResponse
        do throws(TransportFailure) {
            response = try await sendUpToTwice(request, until: deadline)
        } catch {
            throw error.brokerError(of: request)
        }
        return try response.unlessRedirected()
    }

    private func sendUpToTwice(
        _ request: UpstreamRequest,
        until deadline: Deadline
    ) async throws(TransportFailure) -> UpstreamResponse {
        do throws(TransportFailure) {
            return try await transport.send(request, under: policy, within: deadline.remaining)
        } catch {
            guard error.mayPass, !Task.isCancelled, !deadline.isOver else { throw error }
        }
        return try await transport.send(request, under: policy, within: deadline.remaining)
    }
}

extension TransportFailure {
    /// Whether repeating the request may succeed at once: only the connection is known to have failed.
    fileprivate var mayPass: Bool {
        switch reason {
        case .connectionLost, .connectionFailed: true
        default: false
        }
    }
}

extension BrokerError {
    fileprivate static var upstreamTooSlow: BrokerError {
        BrokerError(.upstreamUnavailable, "The upstream did not answer in time.")
    }
}
