import BrokerTokens
import IdentityBroker
import Logging
import Metrics
import ServiceLifecycle

/// Tells clients that sessions have ended, for as long as the service runs (OpenID Connect Back-Channel Logout 1.0).
///
/// What is to be told is in the store. A delivery that the end of the process cuts off is due again a minute later, here or in
/// another process.
struct LogoutDeliveryService: Service {
    let tokens: TokenService
    let sender: LogoutSender
    let clock: any Clock<Duration>
    let logger: Logger

    private let report: LogoutReport

    init(
        _ tokens: TokenService,
        sender: LogoutSender,
        clock: any Clock<Duration> = ContinuousClock(),
        logger: Logger
    ) {
        (self.tokens, self.sender, self.clock, self.logger) = (tokens, sender, clock, logger)
        report = LogoutReport(to: logger)
    }

    /// The pause between two looks at the store.
    static let pause = Duration.seconds(1)
    /// How much longer than a look the pause is at least, so that many notices do not keep the store busy.
    private static let share = 4

    func run() async {
        await cancelWhenGracefulShutdown {
            var pause = Self.pause
            while (try? await clock.sleep(for: pause)) != nil {
                let start = ContinuousClock.now
                // A failure of the store is already logged, and whatever is due stays due.
                let pass = (try? await duePass()) ?? LogoutPass()
                pause = max(Self.pause, (ContinuousClock.now - start) * Self.share)
                await deliver(pass)
            }
        }
    }

    /// Everything that is due.
    func duePass() async throws(OAuthError) -> LogoutPass {
        var pass = LogoutPass()
        var page = try await tokens.dueLogouts()
        pass.add(page.due)
        while let next = page.next {
            page = try await tokens.dueLogouts(after: next)
            pass.add(page.due)
        }
        return pass
    }

    /// Delivers what a pass holds.
    func deliver(_ pass: LogoutPass) async {
        var pass = pass
        await withTaskGroup(of: (client: String, isTold: Bool).self) { group in
            repeat {
                while let due = pass.next() {
                    group.addTask { (due.client, await deliver(due)) }
                }
                guard let ended = await group.next() else { return }
                pass.end(ended.client, succeeded: ended.isTold)
            } while !Task.isCancelled
        }
    }

    /// - Returns: Whether the client was told, or need not be.
    private func deliver(_ due: DueLogout) async -> Bool {
        guard let delivery = try? await tokens.claim(due) else { return true }
        var failure: LogoutSender.Failure?
        do throws(LogoutSender.Failure) { try await sender.send(delivery) } catch { failure = error }
        // The end of this process says nothing about the client: another goes on once the claim is over.
        guard failure != .unanswered(.cancelled) else { return false }
        report.record(failure, at: due.client)
        try? await tokens.noteLogout(due, succeeded: failure == nil)
        return failure == nil
    }
}

/// Counts deliveries, and tells operators of clients that cannot be told, for as long as that lasts.
struct LogoutReport: Sendable {
    private let troubles = Locked<[String: LastingTrouble<LogoutSender.Failure>]>([:])
    private let start = ContinuousClock.now
    private let logger: Logger

    init(to logger: Logger) {
        self.logger = logger
    }

    /// Records the outcome of an attempt; nil for a success.
    func record(_ failure: LogoutSender.Failure?, at client: String) {
        Counter(
            label: "broker_logout_deliveries_total", dimensions: [("outcome", failure == nil ? "success" : "failure")]
        ).increment()
        let uptime = ContinuousClock.now - start
        let news = troubles.withLock { troubles in
            let news = troubles[client, default: LastingTrouble()].observe(failure, at: uptime)
            if failure == nil { troubles[client] = nil }
            return news
        }
        guard let news else { return }
        var metadata: Logger.Metadata = ["broker.client": "\(client)"]
        metadata["broker.reason"] = failure.map { "\($0)" }
        metadata["broker.lasting_seconds"] = news.seconds.map { "\($0)" }
        guard news.isOver else {
            return logger.warning(
                "a client does not learn that sessions have ended; it is tried again for a day", metadata: metadata)
        }
        logger.notice("the client learns of ended sessions again", metadata: metadata)
    }
}
