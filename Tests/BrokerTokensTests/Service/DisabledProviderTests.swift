import BrokerTesting
import IdentityBroker
import Testing

@testable import BrokerTokens

@Suite("A disabled provider is disabled everywhere (CVE-2026-1486, CVE-2026-3009)")
struct DisabledProviderTests {
    @Test("Exchange, refresh, introspection and claims are refused from that moment, and resume afterwards")
    func everywhere() async throws {
        let bench = try await TokenBench()
        let issued = try await bench.signIn()
        bench.broker.setEnabled(false, for: TokenBench.provider)

        let exchange = try await refusal { try await bench.signIn() }
        #expect(exchange.code == .invalidGrant && exchange.kind == .providerDisabled)
        let refresh = try await refusal { try await bench.refresh(issued.refreshToken) }
        #expect(
            refresh.code == .temporarilyUnavailable && refresh.kind == .providerDisabled)
        #expect(try await refusal { try await bench.service.userInfo(issued.accessToken) }.code == .invalidToken)
        #expect(try await !bench.isActive(issued.accessToken))
        #expect(bench.events(.refresh).map(\.failure) == ["provider_disabled"])
        #expect(bench.events(.refresh).map(\.provider) == ["wxapp"])

        bench.broker.setEnabled(true, for: TokenBench.provider)
        #expect(try await bench.isActive(issued.accessToken))
        _ = try await bench.refresh(issued.refreshToken)
        _ = try await bench.service.userInfo(issued.accessToken)
    }

    @Test("A switch thrown in the middle of an exchange wins, and no grant is opened")
    func midway() async throws {
        let switches = Locked<Broker?>(nil)
        let bench = try await TokenBench { _ in
            switches.withLock { $0 }?.setEnabled(false, for: TokenBench.provider)
        }
        switches.withLock { $0 = bench.broker }
        let error = try await refusal { try await bench.signIn() }
        switches.withLock { $0 = nil }
        #expect(error.code == .invalidGrant && error.kind == .providerDisabled)
    }

    @Test("Another provider continues, whatever happens to the first")
    func others() async throws {
        let bench = try await TokenBench()
        let issued = try await bench.signIn("shop", provider: "wechat")
        bench.broker.setEnabled(false, for: TokenBench.provider)
        #expect(try await bench.isActive(issued.accessToken))
        _ = try await bench.refresh(issued.refreshToken, as: "shop")
    }

    @Test("A provider removed from configuration is disabled as well")
    func gone() async throws {
        let bench = try await TokenBench()
        let issued = try await bench.signIn()
        try bench.broker.replaceProviders(with: [])
        // Nothing says that it will come back.
        #expect(try await refusal { try await bench.refresh(issued.refreshToken) }.code == .invalidGrant)
        #expect(try await !bench.isActive(issued.accessToken))
        #expect(try await refusal { try await bench.signIn() }.code == .invalidRequest)
    }
}
