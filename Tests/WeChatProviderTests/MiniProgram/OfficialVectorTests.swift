import BrokerTesting
import CryptoExtras
import Foundation
import IdentityBroker
import StrictJSON
import Testing

@testable import WeChatProvider

/// The examples that WeChat publishes (aes-sample.zip of its guide to signatures and decryption; the guide to open data).
enum Vector {
    static let encryptedData = """
        CiyLU1Aw2KjvrjMdj8YKliAjtP4gsMZMQmRzooG2xrDcvSnxIMXFufNstNGTyaGS9uT5geRa0W4oTOb1WT7fJlAC+oNPdbB+3hVbJSRgv+4lGOETKUQz6OYS\
        tslQ142dNCuabNPGBzlooOmB231qMM85d2/fV6ChevvXvQP8Hkue1poOFtnEtpyxVLW1zAo6/1Xx1COxFvrc2d7UL/lmHInNlxuacJXwu0fjpXfz/YqYzBIB\
        zD6WUfTIF9GRHpOn/Hz7saL8xz+W//FRAUid1OksQaQx4CMs8LOddcQhULW4ucetDf96JcR3g0gfRK4PC7E/r7Z6xNrXd2UIeorGj5Ef7b1pJAYB6Y5anaHq\
        Z9J6nKEBvB4DnNLIVWSgARns/8wR2SiRS7MNACwTyrGvt9ts8p12PKFdlqYTopNHR1Vf7XjfhQlVsAJdNiKdYmYVoKlaRv85IfVunYzO0IKXsyl7JCUjCpoG\
        20f0a04COwfneQAGGwd5oa+T8yO5hzuyDb/XcxxmK01EpqOyuxINew==
        """
    static let iv = "r7BXXKkLb8qrSNn05n0qiA=="
    static let plaintext = """
        {"openId":"oGZUI0egBJY1zhBYw2KhdUfwVJJE","nickName":"Band","gender":1,"language":"zh_CN","city":"Guangzhou",\
        "province":"Guangdong","country":"CN","avatarUrl":"http://wx.qlogo.cn/mmopen/vi_32/\
        aSKcBBPpibyKNicHNTMM0qJVh8Kjgiak2AHWr8MHM4WgMEm7GFhsf8OYrySdbvAMvTsw3mo8ibKicsnfN5pRjl1p8HQ/0",\
        "unionId":"ocMvos6NjeKLIBqg5Mr9QjxrP1FA","watermark":{"timestamp":1477314187,"appid":"wx4f4bc4dec97d474b"}}
        """
    static let wrongKey = "HyVFkGl5F5OQWJZZaNzBBg=="

    static let signatureKey = "HyVFkGl5F5OQWJZZaNzBBg=="
    static let rawData = """
        {"nickName":"Band","gender":1,"language":"zh_CN","city":"Guangzhou","province":"Guangdong","country":"CN",\
        "avatarUrl":"http://wx.qlogo.cn/mmopen/vi_32/\
        1vZvI39NWFQ9XM4LtQpFrQJ1xlgZxx3w7bQxKARol6503Iuswjjn6nIGBiaycAjAtpujxyzYsrztuuICqIM5ibXQ/0"}
        """
    static let signature = "75e81ceda165f4ffa64f4068af58c64b8f54b88c"

    static var encrypted: [String: String] { ["encrypted_data": encryptedData, "iv": iv] }
    static var signed: [String: String] { ["raw_data": rawData, "signature": signature] }
}

@Suite("The vendor's own example")
struct OfficialVectorTests {
    @Test("of encryptedData decrypts to the published text")
    func plaintext() throws {
        let key = try SessionKey(["session_key": .string(Scenario.sessionKey)])
        let members = try key.decrypted(EncryptedData(Secret(Vector.encryptedData), iv: Secret(Vector.iv)))
        #expect(try members.map(JSONValue.object) == JSONReader().read(Vector.plaintext.utf8))
    }

    @Test("of a wrong key decrypts nothing")
    func wrongKey() throws {
        let key = try SessionKey(["session_key": .string(Vector.wrongKey)])
        #expect(try key.decrypted(EncryptedData(Secret(Vector.encryptedData), iv: Secret(Vector.iv))) == nil)
    }

    @Test("of encryptedData signs its user in with the profile")
    func login() async throws {
        let identity = try await Scenario().miniProgram(Scenario.credential(Vector.encrypted))
        #expect(identity.subject == Scenario.openid)
        #expect(identity.claims.name == "Band")
        #expect(identity.claims.nickname == "Band")
        #expect(identity.claims.gender == "male")
        #expect(identity.claims.locale == "zh-CN")
        #expect(
            identity.claims.address == PostalAddress(locality: "Guangzhou", region: "Guangdong", country: "CN"))
        // WeChat writes http for pictures that its host has by https as well.
        #expect(identity.claims.picture?.hasPrefix("https://wx.qlogo.cn/mmopen/vi_32/aSKcBB") == true)
        #expect(identity.notices.isEmpty)
    }

    @Test("of rawData has its signature, by the undecoded key")
    func signature() throws {
        let key = try SessionKey(["session_key": .string(Vector.signatureKey)])
        #expect(key.signs(Secret(Vector.rawData), as: Secret(Vector.signature)))
        #expect(!key.signs(Secret(Vector.rawData + " "), as: Secret(Vector.signature)))
        #expect(!key.signs(Secret(Vector.rawData), as: Secret("")))
    }

    @Test("of rawData signs its user in with the profile")
    func signedLogin() async throws {
        let session = #"{"session_key":"\#(Vector.signatureKey)","openid":"\#(Scenario.openid)"}"#
        let identity = try await Scenario().answering("jscode2session", session)
            .miniProgram(Scenario.credential(Vector.signed))
        #expect(identity.claims.name == "Band")
        #expect(identity.notices.isEmpty)
    }
}
