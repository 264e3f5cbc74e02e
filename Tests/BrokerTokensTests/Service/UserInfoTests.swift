import BrokerTesting
import Foundation
import IdentityBroker
import StrictJSON
import Testing

@testable import BrokerTokens

@Suite("The claims of a person")
struct UserInfoTests {
    @Test("The answer has the scope's claims of the token's account")
    func claims() async throws {
        let bench = try await TokenBench()
        let issued = try await bench.signIn(scope: "openid email address")
        let json = try #require(try JSONReader().read(await bench.service.userInfo(issued.accessToken)).object)
        #expect(Set(json.map(\.name)) == ["sub", "email", "email_verified", "address"])
        #expect(json["sub"]?.string == issued.account.description)
        #expect(json["email"]?.string == "ada@example.com" && json["address"]?["locality"]?.string == "London")
    }

    @Test("A token without openid is not sufficient")
    func insufficient() async throws {
        let bench = try await TokenBench()
        let issued = try await bench.signIn(scope: "profile")
        let error = try await refusal { try await bench.service.userInfo(issued.accessToken) }
        #expect(error.code == .insufficientScope)
    }

    @Test("An invalid token is refused and recorded")
    func invalid() async throws {
        let bench = try await TokenBench()
        let issued = try await bench.signIn()
        for token in [Secret(""), Secret("x"), try #require(issued.idToken), try #require(issued.refreshToken)] {
            let error = try await refusal { try await bench.service.userInfo(token) }
            #expect(error.code == .invalidToken)
        }
        bench.clock.advance(by: .seconds(660))
        #expect(try await refusal { try await bench.service.userInfo(issued.accessToken) }.code == .invalidToken)
        #expect(bench.events(.userInfo).map(\.failure) == Array(repeating: "invalid_token", count: 5))
    }
}
