import IdentityBroker

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// What a probe must do.
package struct ProbeJob: Codable, Sendable {
    package enum Task: Codable, Sendable {
        case race(CredentialRace)
        case logins(LoginBatch)
        case filling(StoreFilling)
    }

    package var store: StoreChoice
    /// What it waits for before it opens the store; nil to begin at once.
    package var start: StartLine?
    /// The number of results after which it is killed (SIGKILL), whatever else it is doing; nil to let it end.
    package var resultsBeforeKill: Int?
    package var task: Task

    package init(store: StoreChoice, task: Task) {
        self.store = store
        self.task = task
    }

    func run(_ report: @escaping @Sendable (ProbeLine) -> Void) async throws {
        report(.ready)
        try start?.wait()
        let store = try store.open()
        let reportResult = dying(report)
        switch task {
        case .race(let race): try await race.run(on: store, reportResult)
        case .logins(let batch): try await batch.run(on: store, reportResult)
        case .filling(let filling): await filling.run(on: store, reportResult)
        }
    }

    /// The process kills itself to hit that exact moment: a kill from outside comes whenever the scheduler allows.
    private func dying(_ report: @escaping @Sendable (ProbeLine) -> Void) -> @Sendable (ProbeLine) -> Void {
        guard let resultsBeforeKill else { return report }
        let results = Locked(0)
        return { line in
            report(line)
            let isLast = results.withLock { count in
                count += 1
                return count == resultsBeforeKill
            }
            if isLast { kill(getpid(), SIGKILL) }
        }
    }
}
