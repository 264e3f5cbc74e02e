import CLibcurl
import CLibcurlShims
public import IdentityBroker
import Synchronization

/// The broker's transport over libcurl.
///
/// One thread owns one libcurl multi handle with its connections and its resolver cache. ``send(_:under:within:)`` may
/// be called from any number of tasks; connections are kept and reused between them.
///
/// HTTP/1.1 only, on purpose: a request has its connection to itself, so canceling closes it and nothing more can
/// leave, and no refused stream or `GOAWAY` of another exchange can make libcurl send a request again.
public final class CurlTransport: UpstreamTransport {
    private let inbox: Inbox
    private let origins = OriginChecks()
    private let environment: ProxyEnvironment
    private let lastID = Atomic<UInt64>(0)

    /// Starts the transport and its thread.
    ///
    /// - Parameter connectionPoolSize: How many connections may be open before idle ones are closed, at least 1. It
    ///   does not limit the number of requests under way.
    /// - Parameter mostConnections: How many requests may be under way, at least 1. One more fails with
    ///   ``TransportFailure/Reason/outOfDescriptors``. One origin may have three quarters of those that the others
    ///   leave free; one more to it fails with ``TransportFailure/Reason/originAtLimit``. Each takes up to three
    ///   descriptors while its name is resolved, up to two while it connects, and then one. One that is abandoned while
    ///   its name is resolved counts for 30 seconds more, since the system's resolver cannot be stopped.
    /// - Throws: ``CurlStartFailure`` if libcurl cannot do what the transport needs, or the system is out of resources.
    public convenience init(
        connectionPoolSize: Int = 1024,
        mostConnections: Int = .max
    ) throws(CurlStartFailure) {
        try self.init(
            connectionPoolSize: connectionPoolSize,
            mostConnections: mostConnections,
            trust: .ofTheSystem,
            addresses: [],
            environment: .process
        )
    }

    /// - Parameter addresses: Names and the addresses to resolve them to instead of asking the system, each entry in
    ///   the format of [CURLOPT_RESOLVE](https://curl.se/libcurl/c/CURLOPT_RESOLVE.html): `host:port:address,…`.
    init(
        connectionPoolSize: Int,
        mostConnections: Int = .max,
        trust: TrustStore,
        addresses: [String],
        environment: ProxyEnvironment
    ) throws(CurlStartFailure) {
        self.environment = environment
        try CurlLibrary.initialize()
        let multi = try MultiHandle(connectionPoolSize: connectionPoolSize, mostTransfers: mostConnections)
        inbox = Inbox(wake: multi.waker)
        do {
            let loop = try TransferLoop(
                driver: PollDriver(multi: multi),
                multi: multi,
                inbox: inbox,
                trust: trust,
                addresses: StringList(addresses)
            )
            try LoopThread.start {
                var loop = loop
                loop.run()
            }
        } catch {
            multi.cleanUp()
            throw error
        }
    }

    deinit {
        inbox.stop(then: nil)
    }

    /// Sends the request over HTTP/1.1 and returns the answer with its whole body.
    ///
    /// Returns or throws only when nothing more of the request can leave.
    ///
    /// - Parameters:
    ///   - request: What to send. Fields that belong to the connection or to the framing, and `User-Agent`, are refused.
    ///   - policy: The limits and the network rules of the provider instance. At most 256 KiB of header are accepted,
    ///     and a connect timeout below a millisecond counts as a millisecond.
    ///   - timeout: How long the whole transfer may take, including name resolution and connecting.
    /// - Throws: ``TransportFailure``, and nothing else.
    public func send(
        _ request: UpstreamRequest,
        under policy: TransportPolicy,
        within timeout: Duration
    ) async throws(TransportFailure) -> UpstreamResponse {
        let deadline = ContinuousClock.now.advanced(by: timeout)
        let outgoing = try OutgoingRequest(request, under: policy.egress, checkedBy: origins)
        try policy.proxy?.check(request, under: policy.egress, checkedBy: origins)
        guard timeout > .zero else { throw TransportFailure(.timedOut, mayHaveLeft: false) }
        guard !Task.isCancelled else { throw TransportFailure(.cancelled, mayHaveLeft: false) }

        let id = Submission.ID(lastID.wrappingAdd(1, ordering: .relaxed).newValue)
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                inbox.submit(
                    Submission(
                        id: id,
                        request: outgoing,
                        policy: policy,
                        deadline: deadline,
                        continuation: continuation
                    )
                )
                // The handler below may already have run, for a submission that the loop did not know yet.
                if Task.isCancelled { inbox.cancel(id) }
            }
        } onCancel: {
            inbox.cancel(id)
        }
        switch outcome {
        case .success(let answer): return try UpstreamResponse(answer)
        case .failure(let failure): throw explained(failure, isSecure: outgoing.isSecure, policy: policy)
        }
    }

    /// The failure, with the environment variable that other programs would take a proxy from, if no connection can be
    /// made without a proxy.
    private func explained(
        _ failure: TransportFailure,
        isSecure: Bool,
        policy: TransportPolicy
    ) -> TransportFailure {
        guard policy.proxy == nil, !failure.mayHaveLeft,
            [.nameNotResolved, .connectionFailed, .timedOut].contains(failure.reason)
        else { return failure }
        var failure = failure
        failure.ignoredProxyVariable = environment.ignoredVariable(isSecure: isSecure)
        return failure
    }

    /// Ends every transfer with ``TransportFailure/Reason/shutDown``, closes all connections and ends the thread.
    ///
    /// Returns when that is done. Later requests fail the same way. May be called more than once.
    public func shutdown() async {
        await withCheckedContinuation { continuation in
            inbox.stop(then: continuation)
        }
    }
}

/// Why the transport cannot start.
public struct CurlStartFailure: Error, Sendable, Hashable, CustomStringConvertible {
    /// What is wrong, as a stable code.
    public enum Reason: String, Sendable, Hashable {
        /// libcurl is older than the one that the broker was built for, or was built without a feature that it needs.
        case unsuitableLibrary
        /// libcurl could not be initialized.
        case initializationFailed
        /// Memory, threads or file descriptors have run out.
        case outOfResources
    }

    /// What is wrong.
    public let reason: Reason
    /// What is wrong and what to do, for people.
    public let description: String

    init(_ reason: Reason, _ description: String) {
        self.reason = reason
        self.description = description
    }
}
