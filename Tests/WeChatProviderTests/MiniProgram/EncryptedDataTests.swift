import BrokerTesting
import Crypto
import CryptoExtras
import Foundation
import IdentityBroker
import Testing

@testable import WeChatProvider

@Suite("Data that WeChat encrypted")
struct EncryptedDataTests {
    private static let undecryptable = """
        encrypted_data is not data of WeChat's for this user. The app has to sign in again before it asks for any.
        """

    @Test("is refused as ciphertext of another key", arguments: 1...64)
    func garbage(blocks: Int) async throws {
        let bytes = Data((0..<(16 * blocks)).map { UInt8(truncatingIfNeeded: $0 &* 197 &+ blocks &* 31) })
        let parts = ["encrypted_data": bytes.base64EncodedString(), "iv": Vector.iv]
        let error = await Scenario().failure(Scenario.credential(parts))
        #expect(error?.kind == .invalidCredential)
        #expect(error?.message == Self.undecryptable)
    }

    /// A wrong key makes a good padding in one of 256 cases. Then the plaintext is wrong, and who could tell the two apart
    /// could decrypt.
    @Test(
        "is refused with the same words, whether the padding is wrong or what is in it",
        arguments: ["{", "[]", "", "null", "\"text\"", #"{"a":1,"a":2}"#].map { Array($0.utf8) } + [
            [0xFF], Array(#"{"nickName":""#.utf8) + [0xFF] + Array(#""}"#.utf8),
        ]
    )
    func oneMessage(plaintext: [UInt8]) async throws {
        let parts = try Scenario.encrypted(plaintext)
        let error = await Scenario().failure(Scenario.credential(parts))
        #expect(error?.kind == .invalidCredential)
        #expect(error?.message == Self.undecryptable)
        // The key decrypts it, so it is the plaintext that is refused.
        let key = SymmetricKey(data: try #require(Data(base64Encoded: Scenario.sessionKey)))
        let bytes = try #require(Data(base64Encoded: parts["encrypted_data"] ?? ""))
        let decrypted = try AES._CBC.decrypt(bytes, using: key, iv: AES._CBC.IV(ivBytes: [UInt8](0..<16)))
        #expect(Array(decrypted) == plaintext)
    }

    @Test("may be the profile of wx.getUserProfile, which names nobody")
    func profileWithoutIDs() async throws {
        let record = #"{"nickName":"Band","gender":1,"watermark":\#(AppDataTests.good)}"#
        let identity = try await Scenario().miniProgram(Scenario.credential(Scenario.encrypted(record)))
        #expect(identity.subject == Scenario.openid)
        #expect(identity.claims.name == "Band")
        #expect(identity.notices.isEmpty)
    }

    @Test("may lack a unionid, or have one that WeChat's answer lacks, and names nobody by it")
    func unionids() async throws {
        func record(_ unionid: String) -> String {
            #"{"openId":"\#(Scenario.openid)","unionId":\#(unionid),"nickName":"Band","watermark":\#(AppDataTests.good)}"#
        }
        for unionid in ["null", "\"\"", "\"\(Scenario.unionid)\""] {
            let credential = try Scenario.credential(Scenario.encrypted(record(unionid)))
            #expect(try await Scenario().miniProgram(credential).claims.name == "Band")
        }
        let bare = Scenario().answering(
            "jscode2session", #"{"openid":"\#(Scenario.openid)","session_key":"\#(Scenario.sessionKey)"}"#)
        let identity = try await bare.miniProgram(Scenario.credential(Scenario.encrypted(record("\"other\""))))
        #expect(identity.alternateIdentifiers.map(\.type) == ["wechat_openid"])
    }

    @Test(
        "is current for ten minutes, or as set, by a clock that may be five minutes behind WeChat's",
        arguments: [
            (600, 600, true), (601, 600, false), (60, 60, true), (61, 60, false), (-300, 600, true), (-301, 600, false),
            (86_400, 86_400, true), (86_401, 86_400, false),
        ]
    )
    func watermarkAge(_ age: Int, _ limit: Int, isTaken: Bool) async throws {
        let time = Int(Scenario.now.timeIntervalSince1970) - age
        let watermark = #"{"timestamp":\#(time),"appid":"\#(Scenario.appId)"}"#
        let parts = try Scenario.encrypted(#"{"nickName":"Band","watermark":\#(watermark)}"#)
        let scenario = Scenario()
        let desk = try scenario.desk(
            WeChatMiniProgramProvider.self, .init(account: scenario.account, watermarkAge: .seconds(limit)))
        let error = await Scenario.failure { _ = try await desk.login(Scenario.credential(parts)) }
        #expect(error?.kind == (isTaken ? nil : .invalidCredential))
        // The answer to a phone code has the same rule, but it is WeChat's own.
        let phone = try scenario.answering("getuserphonenumber", Scenario.phone(time: time)).desk(
            WeChatMiniProgramProvider.self, .init(account: scenario.account, watermarkAge: .seconds(limit)))
        let other = await Scenario.failure {
            _ = try await phone.login(Scenario.credential(["phone_code": Scenario.phoneCode]))
        }
        #expect(other?.kind == (isTaken ? nil : .upstreamMisbehaved))
    }
}
