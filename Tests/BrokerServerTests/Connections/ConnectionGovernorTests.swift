import BrokerObservability
import BrokerServing
import CoreMetrics
import IdentityBroker
import Metrics
import NIOCore
import NIOEmbedded
import Testing

@testable import BrokerServer

@Suite("The governor of connections")
struct ConnectionGovernorTests {
    private let registry = PrometheusRegistry()
    private let governor: ConnectionGovernor

    init() {
        governor = withMetricsFactory(registry) {
            ConnectionGovernor(
                ConnectionCapacity(total: 3, perAddress: 2),
                trust: ProxyTrust(),
                metrics: ConnectionMetrics(listener: "test")
            )
        }
    }

    /// A connection, set up as ``GovernedChannel`` does; nil if it is refused.
    private func connect(from address: String) throws -> ConnectionBench? {
        var isAccepted = false
        let bench = try ConnectionBench(from: address) { channel in
            guard let id = governor.open(channel) else { return }
            try channel.pipeline.syncOperations.addHandler(
                GovernedConnectionHandler(id, of: governor), position: .first)
            isAccepted = true
        }
        return isAccepted ? bench : nil
    }

    /// The client sends all of a request but its last byte.
    private func request(_ bench: ConnectionBench) throws {
        try bench.send("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\n")
    }

    private func endRequest(_ bench: ConnectionBench) throws {
        try bench.send("x")
    }

    private func metric(_ name: String) -> String? {
        registry.text().split(separator: "\n").first { $0.hasPrefix(name + " ") }
            .map { String($0.dropFirst(name.count + 1)) }
    }

    private var states: [String?] {
        ["idle", "active"].map { metric(#"broker_connections{listener="test",state="\#($0)"}"#) }
    }

    @Test("closes the connection that gives way")
    func replacing() throws {
        let first = try #require(try connect(from: "192.0.2.1"))
        let second = try #require(try connect(from: "192.0.2.1"))
        let third = try #require(try connect(from: "192.0.2.1"))
        first.channel.embeddedEventLoop.run()
        #expect([first, second, third].map(\.channel.isActive) == [false, true, true])
        #expect(metric(#"broker_connections_accepted_total{listener="test"}"#) == "3")
        #expect(metric(#"broker_connections_replaced_total{limit="address",listener="test"}"#) == "1")
        #expect(states == ["2", "0"])
        #expect(governor.takeTally() == ConnectionGovernor.Tally(refused: 0, replaced: 1))
        #expect(governor.takeTally() == ConnectionGovernor.Tally())
    }

    @Test("closes the connection whose head has been arriving longest, if heads use too much memory")
    func heads() throws {
        let governor = withMetricsFactory(registry) {
            ConnectionGovernor(
                ConnectionCapacity(headBytes: 50), trust: ProxyTrust(), metrics: ConnectionMetrics(listener: "test"))
        }
        func connect() throws -> ConnectionBench {
            try ConnectionBench { channel in
                let id = try #require(governor.open(channel))
                try channel.pipeline.syncOperations.addHandler(
                    GovernedConnectionHandler(id, of: governor), position: .first)
            }
        }
        let (first, second, third) = (try connect(), try connect(), try connect())
        // A request that arrives at once takes nothing.
        try first.send("GET /\(String(repeating: "a", count: 100)) HTTP/1.1\r\nHost: a\r\n\r\n")
        first.answer()
        try first.send("GET /a HTTP/1.1\r\n")
        try second.send("GET /a HTTP/1.1\r\n")
        try second.send("Host: a\r\n\r\n")
        try third.send("GET /a HTTP/1.1\r\nHost: aaaaaaaa")
        first.channel.embeddedEventLoop.run()
        #expect(first.channel.isActive)
        try third.send("aaaaaaaaaaaaaaaa")
        first.channel.embeddedEventLoop.run()
        #expect(!first.channel.isActive)
        #expect(second.channel.isActive && third.channel.isActive)
        #expect(metric(#"broker_connections_replaced_total{limit="memory",listener="test"}"#) == "1")
        #expect(governor.takeTally() == ConnectionGovernor.Tally(refused: 0, replaced: 1))
    }

    @Test("spares a connection with a complete request until that is answered")
    func active() throws {
        let first = try #require(try connect(from: "192.0.2.1"))
        let second = try #require(try connect(from: "192.0.2.1"))
        try request(first)
        #expect(states == ["2", "0"])
        try endRequest(first)
        #expect(states == ["1", "1"])
        try request(second)
        try endRequest(second)
        #expect(try connect(from: "192.0.2.1") == nil)
        #expect(metric(#"broker_connections_refused_total{limit="address",listener="test"}"#) == "1")
        #expect(governor.takeTally() == ConnectionGovernor.Tally(refused: 1, replaced: 0))
        first.answer()
        #expect(states == ["1", "1"])
        #expect(try connect(from: "192.0.2.1") != nil)
        first.channel.embeddedEventLoop.run()
        #expect([first, second].map(\.channel.isActive) == [false, true])
    }

    @Test("no longer spares a connection once the client delays its answer")
    func unread() throws {
        let bench = try #require(try connect(from: "192.0.2.1"))
        try request(bench)
        try endRequest(bench)
        bench.beginAnswer(length: 4)
        #expect(states == ["0", "1"])
        bench.isRead(false)
        #expect(states == ["1", "0"])
        bench.isRead(true)
        #expect(states == ["0", "1"])
        bench.isRead(false)
        let second = try #require(try connect(from: "192.0.2.1"))
        try request(second)
        try endRequest(second)
        second.answer()
        #expect(try connect(from: "192.0.2.1") != nil)
        bench.channel.embeddedEventLoop.run()
        #expect([bench, second].map(\.channel.isActive) == [false, true])
    }

    @Test("no longer spares a connection once the service has written its answer, flushed or not")
    func unflushed() throws {
        let bench = try #require(try connect(from: "192.0.2.1"))
        try request(bench)
        try endRequest(bench)
        bench.answer(flushing: false)
        #expect(states == ["1", "0"])
        for isRead in [false, true] {
            bench.isRead(isRead)
            #expect(states == ["1", "0"])
        }
        bench.channel.flush()
        #expect(states == ["1", "0"])
        try request(bench)
        try endRequest(bench)
        #expect(states == ["0", "1"])
    }

    @Test("considers a connection idle whose answer came before its request was complete")
    func earlyAnswer() throws {
        let bench = try #require(try connect(from: "192.0.2.1"))
        try request(bench)
        bench.answer()
        #expect(states == ["1", "0"])
        try endRequest(bench)
        #expect(states == ["1", "0"])
    }

    @Test("drops a closed connection")
    func closing() throws {
        let first = try #require(try connect(from: "192.0.2.1"))
        try request(first)
        try endRequest(first)
        first.channel.close(promise: nil)
        first.channel.embeddedEventLoop.run()
        #expect(states == ["0", "0"])
        for address in ["192.0.2.1", "192.0.2.1", "192.0.2.2"] { #expect(try connect(from: address) != nil) }
        #expect(states == ["3", "0"])
        #expect(governor.takeTally() == ConnectionGovernor.Tally())
    }
}
