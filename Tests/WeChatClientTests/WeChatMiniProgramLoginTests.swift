import Foundation
import Testing
import WeChatClient

@Suite("What a mini program sends to sign its user in")
struct WeChatMiniProgramLoginTests {
    private func login(_ members: [String: String]) throws -> WeChatMiniProgramLogin {
        try JSONDecoder().decode(WeChatMiniProgramLogin.self, from: try JSONEncoder().encode(members))
    }

    /// Why members are no login; nil if they are one.
    private func failure(_ members: [String: String]) -> WeChatMiniProgramError? {
        do {
            _ = try login(members)
            return nil
        } catch DecodingError.dataCorrupted(let context) {
            return context.underlyingError as? WeChatMiniProgramError
        } catch {
            Issue.record("\(error)")
            return nil
        }
    }

    private static let complete = [
        "code": "071AbC", "phoneCode": "e31968a7", "encryptedData": "CiyLU1Aw2K+vrjMd/A==",
        "iv": "r7BXXKkLb8qrSNn05n0qiA==", "rawData": #"{"nickName":"王 小"}"#,
        "signature": "75e81ceda165f4ffa64f4068af58c64b8f54b88c",
    ]

    @Test("is the code alone, or with its parts under the broker's names, unchanged")
    func read() throws {
        let alone = try login(["code": "071AbC", "errMsg": "login:ok"])
        #expect(alone.code.value == "071AbC" && alone.parts.isEmpty)
        let all = try login(Self.complete)
        #expect(
            all.parts == [
                "phone_code": "e31968a7", "encrypted_data": "CiyLU1Aw2K+vrjMd/A==", "iv": "r7BXXKkLb8qrSNn05n0qiA==",
                "raw_data": #"{"nickName":"王 小"}"#, "signature": "75e81ceda165f4ffa64f4068af58c64b8f54b88c",
            ])
        #expect(Set(all.parts.keys) == Set(WeChatMiniProgramPart.allCases.map(\.rawValue)))
        let null = try JSONDecoder().decode(
            WeChatMiniProgramLogin.self, from: Data(#"{"code":"a","phoneCode":null}"#.utf8))
        #expect(null.parts.isEmpty)
    }

    @Test(
        "is refused if a value does not have its form",
        arguments: [
            ("code", ""), ("code", "07 1"), ("code", "é"), ("phoneCode", ""), ("phoneCode", "a b"),
            // A plus sign that became a space on the way.
            ("encryptedData", "CiyLU1Aw2K vrjMd/A=="), ("encryptedData", ""), ("iv", "r7BX-KkLb8qrSNn05n0qiA=="),
            ("rawData", ""), ("signature", ""), ("signature", "75e8zz"),
        ])
    func malformed(name: String, value: String) {
        let error = failure(Self.complete.merging([name: value]) { _, new in new })
        #expect(error?.code == "malformed" && error?.parameter == name)
        #expect(error?.description.contains(name) == true)
    }

    @Test("is refused if a value is longer than any", arguments: WeChatMiniProgramPart.allCases)
    func tooLong(part: WeChatMiniProgramPart) {
        let longest = String(repeating: "a", count: part.maximumBytes)
        #expect(failure(Self.complete.merging([part.weChatName: longest]) { _, new in new }) == nil)
        let error = failure(Self.complete.merging([part.weChatName: longest + "a"]) { _, new in new })
        #expect(error?.code == "malformed" && error?.parameter == part.weChatName)
    }

    @Test(
        "is refused if a value comes without the one that belongs to it",
        arguments: [
            ("encryptedData", "iv"), ("iv", "iv"), ("rawData", "signature"), ("signature", "signature"),
        ])
    func incomplete(missing: String, named: String) {
        let error = failure(Self.complete.filter { $0.key != missing })
        #expect(error?.code == "incomplete" && error?.parameter == named)
        #expect(error?.description.contains("go together") == true)
    }

    @Test("is refused if the code of wx.login is in the place of the phone's, too")
    func sameCode() {
        #expect(failure(["code": "071AbC", "phoneCode": "071AbC"])?.code == "same_code")
    }

    @Test(
        "is refused without a code, or with one that is no text", arguments: ["{}", #"{"code":null}"#, #"{"code":7}"#])
    func noCode(json: String) {
        #expect(throws: DecodingError.self) {
            try JSONDecoder().decode(WeChatMiniProgramLogin.self, from: Data(json.utf8))
        }
    }
}
