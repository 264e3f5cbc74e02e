import BrokerConfiguration
import BrokerTesting
import Foundation
import HTTPTypes
import IdentityBroker
import LoopbackServer

/// A broker that serves a configuration file in a test's own folder, and its reloader.
// Composed by hand: `BrokerService` takes neither a clock that stands still nor a transport that holds answers back.
final class ReloadBench: Sendable {
    let folder: String
    let path: String
    let broker: Broker
    let reloader: ConfigurationReloader
    let log = LogRecording()
    /// The clock by which the file is watched.
    let clock = TestClock()
    let transport = HeldTransport()
    /// The ids of the clients that were applied last; nil if none have been.
    let clients = Locked<[String]?>(nil)
    private let providers: ProviderRegistry
    private let stores: StoreRegistry
    private let variables: Locked<[String: String]>

    /// Serves the configuration in the text.
    ///
    /// - Parameters:
    ///   - file: The file's path within the folder.
    ///   - variables: The environment that secrets are read from.
    init(_ yaml: String, in file: String = "broker.yaml", variables: [String: String] = [:]) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "reload-\(UUID().uuidString)").path()
        path = "\(folder)/\(file)"
        self.variables = Locked(variables)
        providers = try ProviderRegistry([RedeemingProvider.self])
        stores = try StoreRegistry([.memory, .filed])
        try FileManager.default.createDirectory(
            at: URL(filePath: path).deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(yaml.utf8).write(to: URL(filePath: path))

        let (providers, stores) = (self.providers, self.stores)
        let resolver = SecretResolver(
            environment: { [variables = self.variables] name in variables.withLock { $0[name] } },
            readFile: { path in try Array(Data(contentsOf: URL(filePath: path))) }
        )
        let source = ConfigurationFile(path, providers: providers, stores: stores)
        let configuration = try source.load()
        let brokerClock = TestClock()
        broker = try Broker(
            providers: configuration.makeInstances(resolver: resolver),
            transport: transport,
            clock: BrokerClock(brokerClock, now: brokerClock.wallClock),
            logger: log.makeLogger()
        )
        reloader = ConfigurationReloader(
            configuration, of: broker, reading: source, resolver: resolver,
            preparing: { [clients] new throws(ConfigurationError) in
                var (problems, refused) = ([ConfigurationProblem](), Set<String>())
                for client in new.clients {
                    do throws(ConfigurationError) {
                        _ = try client.secrets(resolver: resolver)
                    } catch {
                        problems += error.problems
                        refused.insert(client.id)
                    }
                }
                if configuration.server != nil { _ = try new.servedEntry() }
                var refusedSettings = Set<String>()
                do throws(ConfigurationError) {
                    _ = try new.server?.keyEncryptionKey(resolver: resolver)
                } catch {
                    problems += error.problems
                    refusedSettings.insert("keyEncryptionKey")
                }
                let ids = new.clients.map(\.id).filter { !refused.contains($0) }
                return PreparedChange(
                    problems: problems, refusedClients: refused, refusedSettings: refusedSettings
                ) { clients.withLock { $0 = ids } }
            })
    }

    deinit {
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// Overwrites the file in place.
    func write(_ yaml: String) throws {
        try Data(yaml.utf8).write(to: URL(filePath: path))
    }

    /// The configuration that is in the file now.
    func fileConfiguration() throws -> Configuration {
        try Configuration.load(contentsOf: path, providers: providers, stores: stores)
    }

    func set(_ variable: String, to value: String?) {
        variables.withLock { $0[variable] = value }
    }

    /// Reloads, and returns what was not applied and why.
    func problems() async -> [String] {
        let problems: [ConfigurationProblem]
        do {
            problems = try await reloader.reload().problems
        } catch {
            problems = error.problems
        }
        return problems.map { $0.description.replacing("\(folder)/", with: "") }
    }

    /// The subject of a login with a fresh ticket.
    func subject(of id: ProviderID) async throws -> String {
        transport.turnstile.admit()
        return try await broker.login(id, with: .ticket(UUID().uuidString)).subject
    }

    /// Watches the file while the body runs. The first look has finished when the body begins.
    func watching<Requests: AsyncSequence & Sendable>(
        _ requests: Requests,
        _ body: () async throws -> Void
    ) async throws where Requests.Element: Sendable, Requests.Failure == Never {
        let watcher = ConfigurationWatcher(reloader, requests: requests, clock: clock, logger: log.makeLogger())
        let task = Task { await watcher.run() }
        try await clock.waitForSleepers()
        try await body()
        task.cancel()
        await task.value
    }

    /// The same, without reload requests.
    func watching(_ body: () async throws -> Void) async throws {
        let (requests, continuation) = AsyncStream<Void>.makeStream()
        try await watching(requests, body)
        continuation.finish()
    }

    /// Has the watcher look at the file this many times.
    func look(_ count: Int = 1) async throws {
        for _ in 0..<count {
            clock.advance(by: .seconds(2))
            try await clock.waitForSleepers()
        }
    }

    /// What the watcher has reported so far: `reloaded` with what changed, or the problems.
    var reports: [String] {
        log.entries.compactMap { entry in
            switch entry.message {
            case "configuration reloaded":
                (["reloaded"] + entry.metadata.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" })
                    .joined(separator: " ")
            case "restart the broker for the rest of the configuration":
                "restart for \(entry.metadata["broker.configuration.needs_restart"] ?? "")"
            case "configuration not reloaded, the last good one serves on",
                "configuration reloaded in part, the rest stays as it was":
                entry.metadata["broker.configuration.problems"]?.replacing("\(folder)/", with: "")
            default:
                nil
            }
        }
    }
}

/// A transport whose answers wait until a test releases them.
final class HeldTransport: UpstreamTransport {
    let turnstile = Turnstile()

    func send(
        _ request: UpstreamRequest,
        under policy: TransportPolicy,
        within timeout: Duration
    ) async throws(TransportFailure) -> UpstreamResponse {
        do {
            try await turnstile.pass()
        } catch {
            throw TransportFailure(.cancelled, mayHaveLeft: true)
        }
        return UpstreamResponse(status: .ok)
    }
}
