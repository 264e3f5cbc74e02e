/// What a mini program sends to its server to sign its user in: the code of `wx.login`, and what proves more of the user.
///
/// It decodes from JSON in which everything has the name that WeChat gives it, `code` being that of `wx.login` and
/// `phoneCode` that of `getPhoneNumber`:
///
/// ```js
/// const { code } = await wx.login()
/// wx.request({ url, method: 'POST', data: { code, phoneCode, encryptedData, iv, rawData, signature } })
/// ```
///
/// The server hands ``code`` to the broker as the credential, and ``parts`` along with it. It has no description and its
/// mirror is empty, since all of it is secret or personal.
public struct WeChatMiniProgramLogin: Sendable, CustomReflectable {
    /// The code of `wx.login`: the credential.
    public let code: WeChatCode

    /// What goes with it, by the broker's names: the parts of a `Credential`, or parameters of a request to the token
    /// endpoint. Empty if the code came alone.
    public let parts: [String: String]

    /// A mirror without children.
    public var customMirror: Mirror { Mirror(self, children: [:]) }

    /// Takes what WeChat gave the mini program, as it is.
    ///
    /// - Parameters:
    ///   - code: The code of `wx.login`.
    ///   - phoneCode: The code in the event of a `getPhoneNumber` button.
    ///   - encryptedData: What WeChat encrypted, in Base64. Together with `iv`.
    ///   - iv: The initialization vector, in Base64.
    ///   - rawData: The profile as the text that WeChat signed. Together with `signature`.
    ///   - signature: WeChat's signature of `rawData`.
    /// - Throws: ``WeChatMiniProgramError`` if something does not have its form, comes without what belongs to it, or is in
    ///   another's place. An empty text is not absent: it has no form.
    public init(
        code: String,
        phoneCode: String? = nil,
        encryptedData: String? = nil,
        iv: String? = nil,
        rawData: String? = nil,
        signature: String? = nil
    ) throws(WeChatMiniProgramError) {
        guard let login = WeChatCode(code) else { throw WeChatMiniProgramError(.malformed, in: "code") }
        guard phoneCode != code else { throw WeChatMiniProgramError(.sameCode, in: "phoneCode") }
        guard (encryptedData == nil) == (iv == nil) else { throw WeChatMiniProgramError(.incomplete, in: "iv") }
        guard (rawData == nil) == (signature == nil) else { throw WeChatMiniProgramError(.incomplete, in: "signature") }
        let given: [(WeChatMiniProgramPart, String?)] = [
            (.phoneCode, phoneCode), (.encryptedData, encryptedData), (.iv, iv), (.rawData, rawData),
            (.signature, signature),
        ]
        var parts: [String: String] = [:]
        for case (let part, let text?) in given {
            guard part.takes(text) else { throw WeChatMiniProgramError(.malformed, in: part.weChatName) }
            parts[part.rawValue] = text
        }
        self.code = login
        self.parts = parts
    }
}

extension WeChatMiniProgramLogin: Decodable {
    private enum CodingKeys: String, CodingKey {
        case code, phoneCode, encryptedData, iv, rawData, signature
    }

    /// Decodes what a mini program sent under WeChat's names; other members are ignored, and null is absent.
    ///
    /// - Throws: `DecodingError`, with a ``WeChatMiniProgramError`` underneath where the texts are at fault.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: CodingKeys.self)
        func text(_ key: CodingKeys) throws -> String? { try container.decodeIfPresent(String.self, forKey: key) }
        let code = try container.decode(String.self, forKey: .code)
        let (phoneCode, encryptedData, iv) = (try text(.phoneCode), try text(.encryptedData), try text(.iv))
        let (rawData, signature) = (try text(.rawData), try text(.signature))
        do {
            try self.init(
                code: code, phoneCode: phoneCode, encryptedData: encryptedData, iv: iv, rawData: rawData,
                signature: signature)
        } catch {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(
                    codingPath: decoder.codingPath, debugDescription: error.description, underlyingError: error))
        }
    }
}

/// Why what a mini program sent is no login.
public struct WeChatMiniProgramError: Error, Hashable, Sendable, CustomStringConvertible {
    enum Problem: String {
        case malformed
        case incomplete
        case sameCode = "same_code"
    }

    private let problem: Problem

    /// The value at fault, by WeChat's name for it, such as `encryptedData`.
    public let parameter: String

    init(_ problem: Problem, in parameter: String) {
        self.problem = problem
        self.parameter = parameter
    }

    /// What is wrong, as a stable name: `malformed`, `incomplete` or `same_code`.
    public var code: String { problem.rawValue }

    /// A sentence for people, without the value.
    public var description: String {
        switch problem {
        case .malformed:
            "\(parameter) is empty, too long, or has characters that it cannot have; send it as WeChat gave it."
        case .incomplete:
            parameter == "iv"
                ? "encryptedData and iv go together; send both or neither."
                : "rawData and signature go together; send both or neither."
        case .sameCode:
            "phoneCode is the code of wx.login; send the one that getPhoneNumber gave the program."
        }
    }
}
