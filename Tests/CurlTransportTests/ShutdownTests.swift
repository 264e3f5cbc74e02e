import BrokerTesting
import CurlTransport
import IdentityBroker
import LoopbackServer
import Testing

@Suite("Shutting the transport down", .timeLimit(.minutes(15)))
struct ShutdownTests {
    @Test("ends requests that wait for an answer")
    func inFlight() async throws {
        try await FakeUpstream.withUpstream { _ in
            .hang
        } _: { upstream in
            try await CurlTransport.withTransport { transport in
                try await withThrowingTaskGroup(of: TransportFailure?.self) { group in
                    group.addTask {
                        try await upstream.waitForRequests(20)
                        return nil
                    }
                    for _ in 0..<20 {
                        group.addTask {
                            try await transport.failure(
                                of: upstream.post(),
                                under: upstream.policy,
                                within: .patience
                            )
                        }
                    }
                    let first = try await group.next()
                    #expect(first == .some(nil), "A request ended before all twenty had arrived")
                    await transport.shutdown()
                    for try await failure in group {
                        #expect(failure == TransportFailure(.shutDown, mayHaveLeft: true))
                    }
                }
            }
            try await upstream.server.waitForClosedConnections(20)
        }
    }

    @Test("ends requests that are connecting, of which nothing has left")
    func connecting() async throws {
        try await FakeUpstream.withUpstream(.hangInHandshake) { upstream in
            try await CurlTransport.withTransport { transport in
                async let failure = transport.failure(
                    of: upstream.post(),
                    under: upstream.policy,
                    within: .patience
                )
                try await upstream.server.waitForConnections(1)
                await transport.shutdown()
                #expect(try await failure == TransportFailure(.shutDown, mayHaveLeft: false))
            }
        }
    }

    @Test("in the middle of a crowd answers everyone")
    func crowd() async throws {
        try await FakeUpstream.withUpstream(isPlain: true) { _ in
            .json("{}")
        } _: { upstream in
            let transport = try CurlTransport()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for _ in 0..<100 {
                    group.addTask {
                        do {
                            _ = try await transport.send(upstream.post(), under: upstream.policy, within: .patience)
                        } catch let failure as TransportFailure {
                            #expect(failure.reason == .shutDown)
                        }
                    }
                }
                try await upstream.waitForRequests(1)
                await transport.shutdown()
                for try await _ in group {}
            }
        }
    }

    @Test("closes connections that are idle")
    func idle() async throws {
        try await FakeUpstream.withUpstream { _ in
            .json("{}")
        } _: { upstream in
            _ = try await CurlTransport.withTransport {
                try await $0.send(upstream.post(), under: upstream.policy, within: .patience)
            }
            try await upstream.server.waitForClosedConnections(1)
        }
    }

    @Test("refuses later requests")
    func later() async throws {
        try await FakeUpstream.withUpstream { upstream in
            try await CurlTransport.withTransport { transport in
                await transport.shutdown()
                let failure = try await transport.failure(of: upstream.post(), under: upstream.policy)
                #expect(failure == TransportFailure(.shutDown, mayHaveLeft: false))
            }
            #expect(upstream.server.connectionCount == 0)
        }
    }

    @Test("can be requested by many")
    func repeated() async throws {
        let transport = try CurlTransport()
        await withTaskGroup { group in
            for _ in 0..<10 {
                group.addTask { await transport.shutdown() }
            }
        }
        await transport.shutdown()
    }

    @Test("happens by itself when the transport is released")
    func forgotten() async throws {
        try await FakeUpstream.withUpstream { _ in
            .json("{}")
        } _: { upstream in
            do {
                let transport = try CurlTransport()
                _ = try await transport.send(upstream.post(), under: upstream.policy, within: .patience)
            }
            try await upstream.server.waitForClosedConnections(1)
        }
    }
}
