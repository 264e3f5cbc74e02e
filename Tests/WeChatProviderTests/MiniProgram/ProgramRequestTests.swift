import BrokerTesting
import Foundation
import IdentityBroker
import Testing
import WeChatClient

@testable import WeChatProvider

@Suite("What a mini program sends to its own server")
struct ProgramRequestTests {
    @Test("signs its user in as the broker's credential")
    func login() async throws {
        let json = try JSONEncoder().encode([
            "code": Scenario.code, "phoneCode": Scenario.phoneCode, "encryptedData": Vector.encryptedData,
            "iv": Vector.iv, "rawData": Vector.rawData, "signature": Scenario.signature(of: Vector.rawData),
        ])
        let request = try JSONDecoder().decode(WeChatMiniProgramLogin.self, from: json)
        let identity = try await Scenario().miniProgram(
            .authorizationCode(request.code.value, parts: request.parts.mapValues { Secret($0) }))
        #expect(identity.subject == Scenario.openid)
        #expect(identity.claims.name == "Band")
        #expect(identity.claims.phoneNumber?.value.rawValue == "+86\(Scenario.phone)")
        #expect(identity.notices.isEmpty)
    }

    @Test("is no longer than the provider takes, by the same names")
    func forms() throws {
        let form = try #require(WeChatMiniProgramProvider.manifest.credentials.first)
        #expect(form.maximumBytes == WeChatCode.maximumLength)
        #expect(form.parts.map(\.name) == WeChatMiniProgramPart.allCases.map(\.rawValue))
        #expect(form.parts.map(\.maximumBytes) == [512, 16 * 1024, 64, 16 * 1024, 64])
    }
}
