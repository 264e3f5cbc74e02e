import BrokerConfiguration
import BrokerServing
import BrokerTesting
import Foundation
import IdentityBroker
import LoopbackServer
import Testing
import UnixSignals

@Suite("Watching a configuration file", .timeLimit(.minutes(15)))
struct ConfigurationWatcherTests {
    private static let one = "version: 1\nproviders:\n  one: { type: redeeming }\n"
    private static let two = one + "  two: { type: redeeming }\n"

    @Test("does nothing for an unchanged file")
    func unchanged() async throws {
        let bench = try ReloadBench(Self.one)
        try await bench.watching {
            try await bench.look(5)
            try bench.write(Self.one)
            try await bench.look(3)
        }
        #expect(bench.reports == [])
    }

    @Test("applies a change once two consecutive reads have seen it")
    func change() async throws {
        let bench = try ReloadBench(Self.one)
        try await bench.watching {
            try bench.write(Self.two)
            try await bench.look()
            #expect(bench.broker.providers == ["one"])
            try await bench.look()
            #expect(bench.broker.providers == ["one", "two"])
            try await bench.look(3)
        }
        #expect(bench.reports == ["reloaded broker.providers.added=two"])
    }

    @Test("notices a change that was made before it began")
    func earlyChange() async throws {
        let bench = try ReloadBench(Self.one)
        try bench.write(Self.two)
        try await bench.watching { try await bench.look() }
        #expect(bench.broker.providers == ["one", "two"])
    }

    @Test("says which instances were added, removed, switched and changed")
    func report() async throws {
        let bench = try ReloadBench(
            "version: 1\nproviders: { a: { type: redeeming }, b: { type: redeeming }, c: { type: redeeming } }")
        try await bench.watching {
            try bench.write(
                """
                version: 1
                providers:
                  b: { type: redeeming, enabled: false }
                  c: { type: redeeming, limits: { timeout: 1s } }
                  d: { type: redeeming }
                  e: { type: redeeming }
                """
            )
            try await bench.look(2)
            try bench.write("version: 1\nproviders: { b: { type: redeeming } }")
            try await bench.look(2)
        }
        #expect(
            bench.reports == [
                "reloaded broker.providers.added=d, e broker.providers.changed=c broker.providers.removed=a "
                    + "broker.providers.switched_off=b",
                "reloaded broker.providers.removed=c, d, e broker.providers.switched_on=b",
            ]
        )
    }

    @Test("says which clients changed, and what needs a restart, and neither again while nothing changes")
    func restart() async throws {
        let service = "server: { keyEncryptionKey: { env: KEY } }\n"
        let key = String(repeating: "k", count: 32)
        let bench = try ReloadBench(Self.one + service, variables: ["SECRET": "sixteen bytes 12", "KEY": key])
        try await bench.watching {
            try bench.write(
                """
                \(Self.one)stores: { retention: 1h }
                server: { keyEncryptionKey: { env: KEY }, listen: 127.0.0.1:1 }
                clients: { app: { secret: { env: SECRET }, audiences: [a] } }
                """)
            try await bench.look(6)
            try bench.write(Self.one + service)
            try await bench.look(2)
        }
        #expect(
            bench.reports == [
                "reloaded broker.clients.added=app", #"restart for ["stores", "server.listen"]"#,
                "reloaded broker.clients.removed=app",
            ])
        let levels = bench.log.entries.filter { $0.message.contains("restart the broker") }.map { "\($0.level)" }
        #expect(levels == ["warning"])
    }

    @Test("reloads on request, without waiting for the clock, even if the file is the same")
    func request() async throws {
        let bench = try ReloadBench(
            "version: 1\nproviders: { one: { type: redeeming, settings: { secret: { env: SECRET } } } }",
            variables: ["SECRET": "1"]
        )
        let (requests, continuation) = AsyncStream<Void>.makeStream()
        try await bench.watching(requests) {
            bench.set("SECRET", to: "12")
            continuation.yield()
            _ = try await bench.log.waitForEntry { $0.message == "configuration reloaded" }
        }
        #expect(try await bench.subject(of: "one") == "secret-2")
        #expect(bench.reports == ["reloaded"])
    }

    @Test("answers every request, even if nothing has improved")
    func requestsForBroken() async throws {
        let bench = try ReloadBench(Self.one)
        try bench.write("version: 1")
        let (asked, done) = (Locked(0), Turnstile())
        // The watcher asks for the next request once it has handled the previous one.
        let requests = AsyncStream<Void> {
            let number = asked.withLock { asked in
                asked += 1
                return asked
            }
            guard number == 3 else { return () }
            done.open()
            return nil
        }
        try await bench.watching(requests) {
            try await done.pass()
            try await bench.look(3)
        }
        #expect(bench.reports.count == 2)
    }

    @Test("reloads at SIGHUP, which no longer ends the process")
    func hangup() async throws {
        let bench = try ReloadBench(Self.one)
        let watcher = await ConfigurationWatcher(bench.reloader, clock: bench.clock, logger: bench.log.makeLogger())
        let task = Task { await watcher.run() }
        try bench.write(Self.two)
        #expect(kill(getpid(), SIGHUP) == 0)
        let entry = try await bench.log.waitForEntry { $0.message == "configuration reloaded" }
        #expect(entry.metadata == ["broker.providers.added": "two"])
        task.cancel()
        await task.value
    }

    @Test("logs no secret, whether a file is applied or refused")
    func canary() async throws {
        let canary = "canary-8f14e45fceea167a"
        let secret = "settings: { secret: { literal: \(canary) } }"
        let bench = try ReloadBench(Self.one)
        try await bench.watching {
            for rest in ["", ", enabled: maybe", "}"] {
                try bench.write("version: 1\nproviders: { one: { type: redeeming, \(secret)\(rest) } }")
                try await bench.look(2)
            }
            try bench.write("version: 1\nproviders: { one: { type: redeeming, settings: { secret: \(canary) } } }")
            try await bench.look(2)
        }
        #expect(bench.reports.count == 4)
        #expect(!bench.log.mentions(canary))
        #expect(!String(reflecting: await bench.reloader.configuration).contains(canary))
    }

    @Test("ends when its task is cancelled")
    func cancelled() async throws {
        let bench = try ReloadBench(Self.one)
        try await bench.watching {}
        #expect(bench.reports == [])
    }
}
