import CoreMetrics
import HTTPTypes
import IdentityBroker
import Metrics
import NIOCore
import NIOEmbedded
import NIOHTTPTypes
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

    /// A channel as it is when it has been accepted, set up as ``GovernedChannel`` does; nil where it is refused.
    private func connect(from address: String) throws -> EmbeddedChannel? {
        let channel = EmbeddedChannel()
        channel.remoteAddress = try SocketAddress(ipAddress: address, port: 1)
        guard let id = governor.open(channel) else { return nil }
        try channel.pipeline.syncOperations.addHandler(GovernedConnectionHandler(id, of: governor), position: .first)
        try channel.pipeline.syncOperations.addHandler(RequestProgressHandler())
        try channel.connect(to: SocketAddress(ipAddress: "127.0.0.1", port: 2)).wait()
        return channel
    }

    private func request(_ channel: EmbeddedChannel) throws {
        try channel.writeInbound(
            HTTPRequestPart.head(HTTPRequest(method: .get, scheme: "http", authority: "a", path: "/")))
    }

    private func endRequest(_ channel: EmbeddedChannel) throws {
        try channel.writeInbound(HTTPRequestPart.end(nil))
    }

    private func answer(_ channel: EmbeddedChannel) throws {
        try channel.writeOutbound(HTTPResponsePart.head(HTTPResponse(status: .ok)))
        try channel.writeOutbound(HTTPResponsePart.end(nil))
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
        first.embeddedEventLoop.run()
        #expect([first, second, third].map(\.isActive) == [false, true, true])
        #expect(metric(#"broker_connections_accepted_total{listener="test"}"#) == "3")
        #expect(metric(#"broker_connections_replaced_total{limit="address",listener="test"}"#) == "1")
        #expect(states == ["2", "0"])
        #expect(governor.takeTally() == ConnectionGovernor.Tally(refused: 0, replaced: 1))
        #expect(governor.takeTally() == ConnectionGovernor.Tally())
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
        try answer(first)
        #expect(states == ["1", "1"])
        #expect(try connect(from: "192.0.2.1") != nil)
        first.embeddedEventLoop.run()
        #expect([first, second].map(\.isActive) == [false, true])
    }

    @Test("takes a connection for idle whose answer came before its request was complete")
    func earlyAnswer() throws {
        let channel = try #require(try connect(from: "192.0.2.1"))
        try request(channel)
        try answer(channel)
        #expect(states == ["1", "0"])
        try endRequest(channel)
        #expect(states == ["1", "0"])
        try request(channel)
        try endRequest(channel)
        #expect(states == ["0", "1"])
    }

    @Test("forgets a connection that is closed")
    func closing() throws {
        let first = try #require(try connect(from: "192.0.2.1"))
        try request(first)
        try endRequest(first)
        first.close(promise: nil)
        first.embeddedEventLoop.run()
        #expect(states == ["0", "0"])
        for address in ["192.0.2.1", "192.0.2.1", "192.0.2.2"] { #expect(try connect(from: address) != nil) }
        #expect(states == ["3", "0"])
        #expect(governor.takeTally() == ConnectionGovernor.Tally())
    }
}
