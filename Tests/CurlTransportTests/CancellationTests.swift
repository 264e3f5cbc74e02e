import BrokerTesting
import CurlTransport
import HTTPTypes
import IdentityBroker
import LoopbackServer
import Testing

@Suite("Cancelling the calling task", .timeLimit(.minutes(15)))
struct CancellationTests {
    @Test("before the call prevents it from starting")
    func beforeStart() async throws {
        try await FakeUpstream.withUpstream { upstream in
            let failure = try await CurlTransport.withTransport { transport in
                let task = Task {
                    while !Task.isCancelled { await Task.yield() }
                    return try await transport.failure(of: upstream.post(), under: upstream.policy)
                }
                task.cancel()
                return try await task.value
            }
            #expect(failure == TransportFailure(.cancelled, mayHaveLeft: false))
            #expect(upstream.server.connectionCount == 0)
        }
    }

    @Test("while connecting ends the attempt, and nothing has left")
    func whileConnecting() async throws {
        try await FakeUpstream.withUpstream(.hangInHandshake) { upstream in
            try await CurlTransport.withTransport { transport in
                let task = Task {
                    try await transport.failure(of: upstream.post(), under: upstream.policy, within: .patience)
                }
                try await upstream.server.waitForConnections(1)
                task.cancel()
                #expect(try await task.value == TransportFailure(.cancelled, mayHaveLeft: false))
                try await upstream.server.waitForClosedConnections(1)
            }
        }
    }

    @Test("while waiting for the answer closes the connection, and the request may have left")
    func whileWaiting() async throws {
        try await FakeUpstream.withUpstream(.hangBeforeHeaders) { upstream in
            try await CurlTransport.withTransport { transport in
                let task = Task {
                    try await transport.failure(of: upstream.post(), under: upstream.policy, within: .patience)
                }
                try await upstream.waitForRequests(1)
                task.cancel()
                #expect(try await task.value == TransportFailure(.cancelled, mayHaveLeft: true))
                try await upstream.server.waitForClosedConnections(1)
            }
        }
    }

    @Test("two hundred times at once ends them all, and leaves the transport as it was")
    func storm() async throws {
        let entrance = Turnstile()
        try await FakeUpstream.withUpstream { _ in
            .hang
        } _: { upstream in
            try await CurlTransport.withTransport { transport in
                try await withThrowingTaskGroup(of: TransportFailure?.self) { group in
                    // In two waves, because a listening socket's backlog is shorter than the crowd.
                    group.addTask {
                        entrance.admit(100)
                        try await upstream.waitForRequests(100)
                        entrance.admit(100)
                        try await upstream.waitForRequests(200)
                        return nil
                    }
                    for _ in 0..<200 {
                        group.addTask {
                            try await entrance.pass()
                            return try await transport.failure(
                                of: upstream.post(),
                                under: upstream.policy,
                                within: .patience
                            )
                        }
                    }
                    let first = try await group.next()
                    #expect(first == .some(nil), "A request ended before all two hundred had arrived")
                    group.cancelAll()
                    for try await failure in group {
                        #expect(failure == TransportFailure(.cancelled, mayHaveLeft: true))
                    }
                }
                upstream.enqueue(.json("{}"))
                let response = try await transport.send(upstream.post(), under: upstream.policy, within: .patience)
                #expect(response.status == 200)
            }
        }
    }

    @Test("at any moment leaves a true record of what may have left")
    func anyMoment() async throws {
        try await FakeUpstream.withUpstream(isPlain: true) { _ in
            .json("{}")
        } _: { upstream in
            let certainlyNotSent = try await CurlTransport.withTransport { transport in
                try await withThrowingTaskGroup(of: String?.self) { group in
                    for number in 0..<100 {
                        group.addTask {
                            let task = Task {
                                try await transport.send(
                                    upstream.post("\(number)"),
                                    under: upstream.policy,
                                    within: .patience
                                )
                            }
                            for _ in 0..<(number % 40) { await Task.yield() }
                            task.cancel()
                            guard case .failure(let error) = await task.result else { return nil }
                            let failure = try #require(error as? TransportFailure)
                            #expect(failure.reason == .cancelled)
                            return failure.mayHaveLeft ? nil : "\(number)"
                        }
                    }
                    return try await group.reduce(into: Set<String>()) { if let body = $1 { $0.insert(body) } }
                }
            }
            #expect(certainlyNotSent.isDisjoint(with: upstream.requests.map(\.bodyText)))
        }
    }
}
