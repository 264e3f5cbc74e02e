import BrokerTesting
import Foundation
import IdentityBroker
import StrictJSON
import Testing

@testable import WeChatProvider

/// What a mini program sends along with its code.
@Suite("What the app sends along")
struct AppDataTests {
    /// Parts that cannot be right whatever WeChat says.
    static let malformedParts: [[String: String]] = [
        ["encrypted_data": Vector.encryptedData], ["iv": Vector.iv], ["raw_data": "{}"],
        ["signature": Vector.signature],
        ["encrypted_data": "", "iv": Vector.iv],
        ["encrypted_data": Vector.encryptedData, "iv": Data(count: 15).base64EncodedString()],
        ["encrypted_data": Vector.encryptedData, "iv": Data(count: 17).base64EncodedString()],
        ["encrypted_data": Vector.encryptedData.replacing("+", with: " "), "iv": Vector.iv],
        ["encrypted_data": Vector.encryptedData.replacing("+", with: "-"), "iv": Vector.iv],
        ["encrypted_data": String(Vector.encryptedData.dropLast()), "iv": Vector.iv],
        // The same bytes in a second spelling, by bits that mean nothing.
        ["encrypted_data": "\(Vector.encryptedData.dropLast(3))x==", "iv": Vector.iv],
        ["phone_code": ""], ["unknown": "part"],
    ]

    @Test("is refused before the code leaves if it cannot be right", arguments: malformedParts)
    func malformed(parts: [String: String]) async throws {
        let desk = try Scenario().desk(
            WeChatMiniProgramProvider.self, .init(account: Scenario().account))
        let error = await Scenario.failure { _ = try await desk.login(Scenario.credential(parts)) }
        #expect(error?.kind == .invalidCredential)
        #expect(error?.credential == .unused)
        #expect(desk.transport.requests.isEmpty)
    }

    @Test(
        "is refused as ciphertext of any length that is no multiple of a block", arguments: [1, 15, 17, 31, 33, 1000])
    func lengths(count: Int) async throws {
        let parts = ["encrypted_data": Data(count: count).base64EncodedString(), "iv": Vector.iv]
        #expect(await Scenario().failure(Scenario.credential(parts))?.kind == .invalidCredential)
    }

    static let good = #"{"timestamp":1477314187,"appid":"wx4f4bc4dec97d474b"}"#

    static func phone(_ number: String, pure: String?, country: String = #""86""#, more: String = "") -> String {
        let pure = pure.map { #""purePhoneNumber":"\#($0)","# } ?? ""
        return #"{"phoneNumber":"\#(number)",\#(pure)"countryCode":\#(country),\#(more)"watermark":\#(good)}"#
    }

    /// Records that decrypt, and are not this user's at this app now.
    static let foreignRecords: [String] = [
        "{}", "[]", #"{"openId":"\#(Scenario.openid)"}"#,
        #"{"openId":"somebody-else","watermark":\#(good)}"#, #"{"openId":7,"watermark":\#(good)}"#,
        #"{"openId":"somebody-else","nickName":"Band","watermark":\#(good)}"#,
        #"{"openid":"\#(Scenario.openid)","watermark":\#(good)}"#,
        #"{"openId":"\#(Scenario.openid)","unionId":"another","nickName":"Band","watermark":\#(good)}"#,
        #"{"unionId":"another","nickName":"Band","watermark":\#(good)}"#,
        #"{"openId":"\#(Scenario.openid)","unionId":7,"watermark":\#(good)}"#,
        #"{"nickName":"Band"}"#, #"{"nickName":7,"watermark":\#(good)}"#,
        #"{"nickName":"Band","countryCode":"86","watermark":\#(good)}"#,
        #"{"openId":"\#(Scenario.openid)","watermark":{"timestamp":1477314187,"appid":"wx0000000000000000"}}"#,
        #"{"openId":"\#(Scenario.openid)","watermark":{"timestamp":1477314187}}"#,
        #"{"openId":"\#(Scenario.openid)","watermark":{"appid":"wx4f4bc4dec97d474b"}}"#,
        #"{"openId":"\#(Scenario.openid)","watermark":{"timestamp":1477313640,"appid":"wx4f4bc4dec97d474b"}}"#,
        #"{"openId":"\#(Scenario.openid)","watermark":{"timestamp":1477320000,"appid":"wx4f4bc4dec97d474b"}}"#,
        #"{"openId":"\#(Scenario.openid)","openId":"\#(Scenario.openid)","watermark":\#(good)}"#,
        phone("13800138000", pure: nil), phone("13800138000", pure: "13900139000"),
        phone("13800138000", pure: "13800138000", country: "null"),
        phone("+8513800138000", pure: "13800138000"),
        // Only numbers of mainland China come without their country.
        phone("91234567", pure: "91234567", country: #""852""#), phone("4155552671", pure: "4155552671", country: "1"),
        phone("13800138000", pure: "13800138000", more: #""openId":"\#(Scenario.openid)","#),
        phone("13800138000", pure: "13800138000", more: #""nickName":"Band","#),
        #"{"stepInfoList":[],"watermark":\#(good)}"#,
    ]

    @Test("is refused if it decrypts to something that is not this user's at this app now", arguments: foreignRecords)
    func foreign(record: String) async throws {
        let error = try await Scenario().failure(Scenario.credential(Scenario.encrypted(record)))
        #expect(error?.kind == .invalidCredential)
        #expect(error?.credential == .spent)
    }

    /// The number as it comes, its form alone, its country, and what becomes of it.
    @Test(
        "may be the phone number, which WeChat has verified",
        arguments: [
            ("13800138000", "13800138000", #""86""#, "+8613800138000"),
            ("13800138000", "13800138000", "86", "+8613800138000"),
            ("+8613800138000", "13800138000", #""86""#, "+8613800138000"),
            ("+85291234567", "91234567", #""852""#, "+85291234567"),
            ("85291234567", "91234567", #""+852""#, "+85291234567"),
            ("+1 415-555-2671", "4155552671", "1", "+14155552671"),
        ]
    )
    func phone(_ number: String, _ pure: String, _ country: String, _ expected: String) async throws {
        let record = Self.phone(number, pure: pure, country: country)
        let identity = try await Scenario().miniProgram(Scenario.credential(Scenario.encrypted(record)))
        #expect(identity.claims.phoneNumber == PhoneNumber(expected).map { .verified(Verified($0)) })
        #expect(identity.notices.isEmpty)
    }

    @Test(
        "may be a number that is none, which costs the number alone", arguments: ["110", "138001380001", "23800138000"])
    func unusable(number: String) async throws {
        let record = Self.phone(number, pure: number)
        let identity = try await Scenario().miniProgram(Scenario.credential(Scenario.encrypted(record)))
        #expect(identity.claims.phoneNumber == nil)
        #expect(identity.notices.map(\.rawValue) == ["phone_refused"])
    }

    @Test("may be a record with control characters in the name")
    func controlCharacters() async throws {
        let record = #"{"openId":"\#(Scenario.openid)","nickName":"Ba\#u{14}nd","watermark":\#(Self.good)}"#
        let identity = try await Scenario().miniProgram(Scenario.credential(Scenario.encrypted(record)))
        #expect(identity.claims.name == "Band")
        #expect(identity.notices == [.nameCleaned])
    }

    @Test("cannot be a number that the user wrote into their own name, spliced in after a chosen first block")
    func splicing() async throws {
        // The name begins at a block, and the user knows the plaintext of the block before it.
        let start = #"{"openId":"\#(Scenario.openid)","pad":""#
        let padding = String(repeating: "x", count: 48 - (start.utf8.count + #"","nickName":""#.utf8.count) % 16)
        let head = "\(start)\(padding)\",\"nickName\":\""
        let own = head + #"13900139000","gender":1,"watermark":\#(Self.good)}"#
        #expect(head.utf8.count.isMultiple(of: 16))
        let parts = try Scenario.encrypted(own)
        let cipher = Array(try #require(Data(base64Encoded: parts["encrypted_data"] ?? "")))
        let before = head.utf8.count / 16 - 1
        let (plain, previous) = (
            Array(own.utf8)[(before * 16)..<(before * 16 + 16)], cipher[((before - 1) * 16)..<(before * 16)]
        )
        let wanted = Array(#"{"phoneNumber":""#.utf8)
        #expect(wanted.count == 16)
        let iv = zip(zip(plain, previous), wanted).map { $0.0 ^ $0.1 ^ $1 }
        let forged = [
            "encrypted_data": Data(cipher[(before * 16)...]).base64EncodedString(),
            "iv": Data(iv).base64EncodedString(),
        ]
        // It decrypts to a record with the number in it.
        let key = try SessionKey(["session_key": .string(Scenario.sessionKey)])
        let data = try EncryptedData(Secret(forged["encrypted_data"] ?? ""), iv: Secret(forged["iv"] ?? ""))
        #expect(try key.decrypted(data)?["phoneNumber"] == "13900139000")
        #expect(await Scenario().failure(Scenario.credential(forged))?.kind == .invalidCredential)
    }

    @Test("is refused if its signature is not of this user", arguments: ["", "0", String(repeating: "a", count: 40)])
    func signature(text: String) async throws {
        let parts = ["raw_data": Vector.rawData, "signature": text]
        #expect(await Scenario().failure(Scenario.credential(parts))?.kind == .invalidCredential)
        // The example's signature is by another key.
        #expect(await Scenario().failure(Scenario.credential(Vector.signed))?.kind == .invalidCredential)
    }

    @Test(
        "cannot be checked without a session key of 16 bytes",
        arguments: ["", "AAAA", "not Base64", "tiihtNczf5v6AKRyjwEUhR=="])
    func sessionKey(text: String) async throws {
        let scenario = Scenario().answering(
            "jscode2session", #"{"openid":"\#(Scenario.openid)","session_key":"\#(text)"}"#)
        #expect(await scenario.failure(Scenario.credential(Vector.encrypted))?.kind == .upstreamMisbehaved)
        // Of an empty key, anyone can make the signature.
        let forged = ["raw_data": "{}", "signature": "bf21a9e8fbc5a3846fb05b4fa0859e0917b2202f"]
        let kind = await scenario.failure(Scenario.credential(forged))?.kind
        #expect(kind == (text.isEmpty ? .upstreamMisbehaved : .invalidCredential))
        _ = try await scenario.miniProgram()
    }

    @Test("may be a signed profile that is not JSON, which costs the profile alone")
    func unreadableProfile() async throws {
        let raw = #"{"nickName":"Band","nickName":"Other"}"#
        let signature = Scenario.signature(of: raw)
        let identity = try await Scenario().miniProgram(
            Scenario.credential(["raw_data": raw, "signature": signature]))
        #expect(identity.claims.name == nil)
        #expect(identity.notices.map(\.rawValue) == ["profile_unreadable"])
    }

    @Test("may have a name that was cut inside an emoji, which costs the name alone")
    func loneSurrogate() async throws {
        let raw = #"{"nickName":"Ba\ud83d","gender":2,"city":"\uDE00","country":"CN"}"#
        let encrypted = #"{"watermark":\#(Self.good),\#(raw.dropFirst())"#
        for parts in [
            ["raw_data": raw, "signature": Scenario.signature(of: raw)], try Scenario.encrypted(encrypted),
        ] {
            let identity = try await Scenario().miniProgram(Scenario.credential(parts))
            #expect(identity.claims.name == nil)
            #expect(identity.claims.gender == "female")
            #expect(identity.claims.address == PostalAddress(country: "CN"))
            #expect(identity.notices == [.nameCleaned])
        }
    }

    @Test("may be the placeholder that WeChat gives to everyone, which is no name, and its picture none")
    func placeholder() async throws {
        let raw =
            #"{"nickName":"微信用户","gender":0,"language":"","city":"","province":"","country":"","avatarUrl":"https://thirdwx.qlogo.cn/mmopen/vi_32/POgEwh4mIHO4/132"}"#
        let identity = try await Scenario().miniProgram(
            Scenario.credential(["raw_data": raw, "signature": Scenario.signature(of: raw)]))
        #expect(identity.claims == Claims())
        #expect(identity.notices.map(\.rawValue) == ["name_placeholder"])
    }
}
