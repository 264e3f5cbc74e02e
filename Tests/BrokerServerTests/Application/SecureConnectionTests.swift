import BrokerTesting
import Foundation
import IdentityBroker
import LoopbackServer
import Testing

@testable import BrokerServer

@Suite("A connection of the application", .timeLimit(.minutes(5)))
struct SecureConnectionTests {
    /// Runs the body with a service and what its clients need, and then stops it.
    private func serving(
        over certificate: ServingCertificate?, _ body: (Int) async throws -> Void
    ) async throws -> Duration {
        let bench = try await ServiceBench()
        let (ports, serving) = AsyncStream.makeStream(of: Int.self)
        let (stops, stop) = AsyncStream.makeStream(of: Void.self)
        let application = BrokerApplication(
            bench.endpoints,
            at: ServingAddress(host: "127.0.0.1", port: 0, certificate: certificate),
            drainDelay: .zero,
            awaitingStop: { count in
                if count == 1 { for await _ in stops { break } } else { await waitForCancellation() }
            },
            logger: bench.log.makeLogger(),
            onServing: { serving.yield($0.service) }
        )
        let run = Task { try await application.run() }
        let port = try #require(await ports.first { _ in true })
        do {
            try await body(port)
        } catch {
            run.cancel()
            throw error
        }
        let clock = ContinuousClock()
        let start = clock.now
        stop.yield()
        try await run.value
        return clock.now - start
    }

    private static let get = "GET /health/live HTTP/1.1\r\nHost: localhost\r\n\r\n"

    @Test(
        "answers every request of a client that closed its side",
        arguments: [(false, true), (true, true), (true, false)])
    func halfClosed(isSecure: Bool, farewell: Bool) async throws {
        let (certificate, client) = try ServingCertificate.ephemeral()
        _ = try await serving(over: isSecure ? certificate : nil) { port in
            try await RawClient.withConnection(to: port, tls: isSecure ? client : nil) { client in
                // An answer shows that the handshake is complete.
                try await client.send(Self.get)
                try await client.receive(through: "}")
                try await client.sendLast(String(repeating: Self.get, count: 8), withFarewell: farewell)
                #expect(try await client.waitForEnd() == .closed)
                let answers = String(decoding: client.received, as: UTF8.self)
                #expect(answers.components(separatedBy: "HTTP/1.1 200 OK").count - 1 == 9)
            }
        }
    }

    @Test("refuses a truncated request, in clear text and over TLS", arguments: [true, false])
    func cutOff(farewell: Bool) async throws {
        let (certificate, client) = try ServingCertificate.ephemeral()
        _ = try await serving(over: certificate) { port in
            try await RawClient.withConnection(to: port, tls: client) { client in
                try await client.send(Self.get)
                try await client.receive(through: "}")
                let request = "POST /oauth2/token HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\na=b"
                try await client.sendLast(Self.get + request, withFarewell: farewell)
                try await client.waitForEnd()
                let answers = String(decoding: client.received, as: UTF8.self)
                #expect(answers.components(separatedBy: "HTTP/1.1 200 OK").count - 1 == 2)
                #expect(answers.contains("HTTP/1.1 400 Bad Request"))
            }
        }
    }

    @Test("ends soon after the application, even if its client does not end TLS")
    func stalled() async throws {
        let (certificate, tls) = try ServingCertificate.ephemeral()
        let clients = 8
        let silent = Monitor(0)
        let isOver = Monitor(false)
        try await withThrowingTaskGroup(of: Void.self) { group in
            let time = try await serving(over: certificate) { port in
                for _ in 0..<clients {
                    group.addTask {
                        try await RawClient.withConnection(to: port, tls: tls) { client in
                            try await client.send(Self.get)
                            try await client.receive(through: "}")
                            try await client.stopReading()
                            silent.withState { $0 += 1 }
                            try await isOver.wait { $0 ? () : nil }
                        }
                    }
                }
                try await silent.wait { $0 == clients ? () : nil }
            }
            isOver.withState { $0 = true }
            try await group.waitForAll()
            // TLS may take one second to close; NIOSSL would wait five.
            #expect(time < .seconds(4))
        }
    }
}
