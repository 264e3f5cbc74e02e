import IdentityBroker

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The moment from which a service takes requests, and what may end it then.
final class ServiceStart: Sendable {
    private struct State: Sendable {
        var isServing = false
        var wasSignaled = false
        var failure: BrokerError?
    }

    private let state = Locked(State())

    /// Why the service was ended as it began.
    var failure: BrokerError? { state.withLock { $0.failure } }

    /// Remembers a signal that comes before there is a service that it could end. Cancel the task once there is none any more.
    func awaitEarlySignal(_ interruption: Interruption) -> Task<Void, Never> {
        Task { [state] in
            await interruption.wait()
            if !Task.isCancelled { state.withLock { $0.wasSignaled = !$0.isServing } }
        }
    }

    /// Requests are taken from now on. The service ends if that cannot be reported, or if it was told to before.
    func complete(_ report: () throws(BrokerError) -> Void) {
        var failure: BrokerError?
        do throws(BrokerError) { try report() } catch { failure = error }
        let isOver = state.withLock { state in
            state.isServing = true
            state.failure = failure
            return failure != nil || state.wasSignaled
        }
        // It is the service group that ends a service in order, at a signal.
        if isOver { kill(getpid(), SIGTERM) }
    }
}
