import BrokerPostgres
import BrokerSQLite
import Foundation
package import IdentityBroker

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
        case change(RecordChange)
        case consumption(RecordRace)
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
        if case .change = task { FatalStatement.observe() }
        let store = try store.open()
        let reportResult = dying(report)
        switch task {
        case .race(let race): try await race.run(on: store, reportResult)
        case .logins(let batch): try await batch.run(on: store, reportResult)
        case .filling(let filling): await filling.run(on: store, reportResult)
        case .change(let change): try await change.run(on: store, reportResult)
        case .consumption(let race): try await race.run(on: store, reportResult)
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

/// A kind of store and its settings, as in a configuration.
package struct StoreChoice: Codable, Sendable {
    private let kind: String
    private let settings: String

    /// - Parameter settings: The settings as JSON.
    package init(kind: StoreKind, settings: String) {
        self.kind = kind.name
        self.settings = settings
    }

    /// Opens the store.
    package func open() throws -> any BrokerStore {
        let registry = try StoreRegistry([.memory, .postgres, .sqlite])
        guard let kind = registry[kind] else { throw UnknownKind(name: kind) }
        let decoder = try JSONDecoder().decode(SettingsDecoder.self, from: Data(settings.utf8)).decoder
        return try kind.makeStore(decoder, StoreContext())
    }

    private struct UnknownKind: Error {
        let name: String
    }

    /// Captures the decoder from which a kind of store reads its settings.
    private struct SettingsDecoder: Decodable {
        let decoder: any Decoder

        init(from decoder: any Decoder) {
            self.decoder = decoder
        }
    }
}

/// A file that a test keeps locked until all its probes may begin, which they then do at the same moment.
package struct StartLine: Codable, Sendable {
    private let path: String

    package init(path: String) {
        self.path = path
    }

    /// Waits in the kernel, and also returns if the process that holds the lock ends.
    func wait() throws {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Failure(number: errno) }
        defer { close(descriptor) }
        while flock(descriptor, LOCK_SH) != 0 {
            guard errno == EINTR else { throw Failure(number: errno) }
        }
    }

    private struct Failure: Error {
        let number: Int32
    }
}
