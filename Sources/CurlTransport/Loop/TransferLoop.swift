import CLibcurl
import CLibcurlShims
import IdentityBroker

/// Carries out transfers. Everything in here runs on the loop's thread.
///
/// A value in one variable of that thread, not an object: Swift would check each access to an object's variables at run
/// time.
struct TransferLoop<Driver: MultiDriver> {
    private let driver: Driver
    private let multi: MultiHandle
    private let inbox: Inbox
    private let trust: TrustStore
    private let addresses: StringList
    private var rules = EgressRulesCache()
    /// The origins of the transfers under way.
    private var shares: OriginShares
    /// Transfers under way, each at its ``Transfer/position``.
    private var running: [Transfer] = []
    private var idle: [Transfer]
    private var delivery = Delivery()

    /// Creates a loop that does not run yet.
    ///
    /// - Throws: ``CurlStartFailure`` if libcurl refuses what a transfer needs, so that no transfer fails for that
    ///   reason later.
    init(
        driver: Driver,
        multi: MultiHandle,
        inbox: Inbox,
        trust: TrustStore,
        addresses: StringList
    ) throws(CurlStartFailure) {
        guard let first = Transfer(sockets: multi.sockets, addresses: addresses) else {
            throw CurlStartFailure(.unsuitableLibrary, "libcurl refuses an option that is needed. Update libcurl.")
        }
        idle = [first]
        self.driver = driver
        self.multi = multi
        shares = OriginShares(most: multi.mostTransfers)
        self.inbox = inbox
        self.trust = trust
        self.addresses = addresses
    }

    /// Runs until the inbox says to stop.
    mutating func run() {
        var batch = Inbox.Batch()
        while inbox.take(into: &batch) {
            for submission in batch.submissions { start(submission) }
            for id in batch.cancellations { cancel(id) }
            advance()
            reap()
            delivery.handOut()
            if inbox.mayWait() { wait() }
        }
        for submission in batch.submissions { submission.fail(.shutDown, mayHaveLeft: false) }
        failAll(.shutDown)
        delivery.handOut()
        idle = []
        multi.cleanUp()
        inbox.announceStop()
    }
}

extension TransferLoop {
    private mutating func start(_ submission: Submission) {
        let now = ContinuousClock.now
        let remaining = now.duration(to: submission.deadline)
        guard remaining > .zero else { return submission.fail(.timedOut, mayHaveLeft: false) }
        let caFile = submission.policy.caFile ?? trust.caFile
        let proxy = ProxyOptions(submission.policy.proxy, trust: trust)
        guard caFile != nil || !submission.request.isSecure, let proxy else {
            return submission.fail(.trustUnavailable, mayHaveLeft: false)
        }
        shares.release(at: now)
        switch shares.begin(submission.request.origin) {
        case .admitted: break
        case .originAtLimit: return submission.fail(.originAtLimit, mayHaveLeft: false)
        case .full: return submission.fail(.outOfDescriptors, mayHaveLeft: false)
        }
        guard let transfer = idle.popLast() ?? Transfer(sockets: multi.sockets, addresses: addresses) else {
            shares.end(submission.request.origin)
            return submission.fail(.internalFault, mayHaveLeft: false)
        }
        let isReady = transfer.prepare(
            submission,
            rules: rules[submission.policy.egress],
            caFile: caFile,
            proxy: proxy,
            within: remaining
        )
        guard isReady, curl_multi_add_handle(multi.pointer, transfer.easy) == CURLM_OK else {
            transfer.reset()
            idle.append(transfer)
            shares.end(submission.request.origin)
            return submission.fail(.internalFault, mayHaveLeft: false)
        }
        transfer.position = running.count
        running.append(transfer)
    }

    private mutating func advance() {
        repeat {
            if driver.advance() != CURLM_OK { failAll(.internalFault) }
        } while curlshim_sockets_take_change(multi.sockets)
    }

    private mutating func wait() {
        // Transfers under way have timers of their own. In case libcurl forgets one, it is asked again after a second.
        let longest: CInt = running.isEmpty ? 60_000 : 1_000
        if driver.wait(milliseconds: longest) != CURLM_OK { failAll(.internalFault) }
    }

    private mutating func cancel(_ id: Submission.ID) {
        guard let transfer = running.first(where: { $0.submission?.id == id }) else { return }
        end(transfer) { .failure($0.failure(.cancelled)) }
    }

    private mutating func failAll(_ reason: TransportFailure.Reason) {
        while let transfer = running.last {
            end(transfer) { .failure($0.failure(reason)) }
        }
    }

    private mutating func reap() {
        var code = CURLE_OK
        while let completed = curlshim_multi_next_completed(multi.pointer, &code) {
            let transfer = running[completed.pointee.position]
            if transfer.foundConnectionSpoiled, restart(transfer) { continue }
            end(transfer) { $0.outcome(code) }
        }
    }

    /// Restarts a transfer that cannot have sent anything.
    private func restart(_ transfer: Transfer) -> Bool {
        curl_multi_remove_handle(multi.pointer, transfer.easy)
        return transfer.renew() && curl_multi_add_handle(multi.pointer, transfer.easy) == CURLM_OK
    }

    /// Removes the transfer from libcurl, which closes its connection unless it is complete, and answers.
    private mutating func end(
        _ transfer: Transfer,
        with outcome: (Transfer) -> Result<IncomingAnswer, TransportFailure>
    ) {
        curl_multi_remove_handle(multi.pointer, transfer.easy)
        let last = running.removeLast()
        if last !== transfer {
            running[transfer.position] = last
            last.position = transfer.position
        }
        let outcome = outcome(transfer)
        let leavesResolver = transfer.leavesResolver(after: outcome)
        let submission = transfer.reset()
        if idle.count < Transfer.maximumIdle { idle.append(transfer) }
        guard let submission else { return }
        if leavesResolver {
            shares.hold(submission.request.origin, until: .now + Transfer.resolverTime)
        } else {
            shares.end(submission.request.origin)
        }
        delivery.add(Delivery.Parcel(continuation: submission.continuation, outcome: outcome))
    }
}

/// The transport's own thread, so that libcurl never blocks a thread of the cooperative pool while it waits.
enum LoopThread {
    /// Runs the body on a new thread, once. Unless this throws, that thread owns what the body holds from then on.
    static func start(_ body: @escaping () -> Void) throws(CurlStartFailure) {
        let context = Unmanaged.passRetained(Body(run: body))
        let failure = curlshim_thread_start(
            { Unmanaged<Body>.fromOpaque($0).takeRetainedValue().run() },
            context.toOpaque()
        )
        guard failure == 0 else {
            context.release()
            throw CurlStartFailure(.outOfResources, "The transport's thread cannot be started (error \(failure)).")
        }
    }

    private final class Body {
        let run: () -> Void

        init(run: @escaping () -> Void) {
            self.run = run
        }
    }
}
