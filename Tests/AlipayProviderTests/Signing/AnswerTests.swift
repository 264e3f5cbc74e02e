import BrokerTesting
import Foundation
import IdentityBroker
import StrictJSON
import Testing
import UpstreamAPI

@testable import AlipayProvider

/// The example in the tests of Alipay's own client for Node.js (alipay-sdk-nodejs-all).
private enum Example {
    static let method = "alipay.open.file.upload"
    static let name = "alipay_open_file_upload_response"
    static let node = #"{"code":"10000","msg":"Success","file_id":"CAxAToWB1JsAAAAAAAAAAAAADgSLAQBr"}"#
    static let sign = """
        F+LDzpTNiavn7xVZPGuPCSSVRSmWzJGgtuji6tVELGEaqMaNj0jRKXUEr5nloZJBBmwEnddOyCjjepMmrTKTvoOqQ0Efxpr/R1iEeHTHVbb/Q8TTh6\
        Up5gHJDkILdaWS2q1cWeQ6VT+HQY9P3WRXS7uhILHuDODIhpAyCu5KhWGt0rMCIG+Im6NODJP2oohtSCtmTFXg58HH587Z2y2bdbjzOxLvzD9IrU1i\
        mghXQ2S/Q+wMIvRk9on6cWnBLkrNvJKapA2ReNGWOwyuASvB9zDVzhMPbR+3mfRGkVDxsq5HYLjBKGskJMXHw0HuugZij6ScRuaLPODhmHwr/pJ9yw==
        """
    static let key = """
        MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAk7LzhmMa2c4qQd4fqAqenfbuFoA7stPKvoS1LrZEsVnOOGUUjwoa1oU9xsSPjcOWhIerU/V\
        AN4J95GIAXx59ipcleIyfLn2FhHXPgLJpvo+b2jJFyn/1/DbeJDh+0yDVAOf50Z7HhI0mdUhFMkXlT7BU0ZMtJf/TmISFEfhDU/w6qFd6D42L97byAkq\
        0K6LroglSVF24GqJEa7hSeUIkZWj7RasykXrc2uVJ1+ejkXE0LyPxa2AHykMGbJLf5SiZvaNzUZgnKIR36mLOHpQ/2JCXxhXZYUWHzy0kMH54JcUEeks\
        FWBYLGvLjV1phbcUIc3Q76tIuqApY6E222OoZZQIDAQAB
        """

    static func keys() throws -> Keys {
        try Scenario { $0.settings.alipayPublicKey = .literal(Secret(key)) }.app().keys
    }

    static func read(_ body: String) throws -> Result<VerifiedAnswer, VerifiedAnswer.Fault> {
        let keys = try keys()
        return Result { () throws(VerifiedAnswer.Fault) in
            try VerifiedAnswer(Array(body.utf8), to: method, verifiedWith: keys, repairing: false)
        }
    }

    static func fault(_ body: String) throws -> VerifiedAnswer.Fault? {
        guard case .failure(let fault) = try read(body) else { return nil }
        return fault
    }
}

@Suite("An answer of the gateway")
struct AnswerTests {
    private typealias Fault = VerifiedAnswer.Fault
    private static let body = #"{"\#(Example.name)":\#(Example.node),"sign":"\#(Example.sign)"}"#

    @Test(
        "is believed if Alipay signed the text of its member, whatever is around that",
        arguments: [
            body,
            #"{"sign":"\#(Example.sign)","\#(Example.name)":\#(Example.node)}"#,
            "\u{FEFF} {\n\t\"\(Example.name)\" :\n \(Example.node) ,\r\n \"sign\" : \"\(Example.sign)\" } \n",
            #"{"more":[{"a":"}"},"\"",1,true],"\#(Example.name)":\#(Example.node),"sign":"\#(Example.sign)","n":null}"#,
            #"{"a":1,"b":-2.5e3,"\#(Example.name)":\#(Example.node),"sign":"\#(Example.sign)"}"#,
            // JSON allows a slash to be escaped, and the signature is Base64, which has some.
            #"{"\#(Example.name)":\#(Example.node),"sign":"\#(Example.sign.replacing("/", with: #"\/"#))"}"#,
        ])
    func genuine(body: String) throws {
        let answer = try Example.read(body).get()
        #expect(answer.members["file_id"] == "CAxAToWB1JsAAAAAAAAAAAAADgSLAQBr")
        #expect(!answer.isError)
    }

    @Test("is refused after any change to a byte of what is signed")
    func flipped() throws {
        let node = Array(Example.node.utf8)
        for position in node.indices {
            var changed = node
            changed[position] ^= 1
            let text = String(decoding: changed, as: UTF8.self)
            let body = Self.body.replacing(Example.node, with: text)
            // What is no JSON any more is refused as that.
            let fault = try Example.fault(body)
            #expect(fault == .unverified(.otherSignature) || fault == .unreadable, "\(position)")
        }
    }

    @Test(
        "is refused if something else is signed",
        arguments: [
            // White space, another order, or the same values written otherwise.
            (Example.node, Example.node.replacing(#":""#, with: #": ""#)),
            (Example.node, #"{"msg":"Success","code":"10000","file_id":"CAxAToWB1JsAAAAAAAAAAAAADgSLAQBr"}"#),
            (Example.node, Example.node.replacing("S", with: #"\u0053"#)),
            (Example.node, Example.node.replacing("10000", with: #"1\u0030000"#)),
            (Example.sign, String(Example.sign.dropLast(4))), (Example.sign, Example.sign + "AAAA"),
            (Example.sign, "AA=="), (Example.sign, "no Base64"), (Example.sign, "="),
            (Example.sign, String(repeating: "QUJD", count: 4000)),
        ])
    func otherBytes(part: String, replacement: String) throws {
        #expect(try Example.fault(Self.body.replacing(part, with: replacement)) == .unverified(.otherSignature))
    }

    @Test(
        "is refused if it is not one signed answer to the method",
        arguments: [
            "", "null", "[]", "{}", "<html>", #"{"sign":"\#(Example.sign)"}"#, body + body, String(body.dropLast()),
            "[\(body)]",
            #"{"alipay_system_oauth_token_response":\#(Example.node),"sign":"\#(Example.sign)"}"#,
            #"{"\#(Example.name)":"\#(Example.node.replacing("\"", with: "'"))","sign":"\#(Example.sign)"}"#,
            #"{"\#(Example.name)":null,"sign":"\#(Example.sign)"}"#,
            #"{"\#(Example.name)":\#(Example.node),"error_response":{},"sign":"\#(Example.sign)"}"#,
            #"{"\#(Example.name)":\#(Example.node),"\#(Example.name)":{},"sign":"\#(Example.sign)"}"#,
            #"{"\#(Example.name)":{},"\#(Example.name)":\#(Example.node),"sign":"\#(Example.sign)"}"#,
            #"{"\#(Example.name)":\#(Example.node),"alipay_open_file_upload_respons\u0065":{},"sign":"\#(Example.sign)"}"#,
            #"{"alipay_open_file_upload_respons\u0065":\#(Example.node),"sign":"\#(Example.sign)"}"#,
            #"{"\#(Example.name)":\#(Example.node),"sign":"\#(Example.sign)","sign":"\#(Example.sign)"}"#,
        ])
    func unreadable(body: String) throws {
        #expect(try Example.fault(body) == .unreadable)
    }

    @Test(
        "is refused without a signature",
        arguments: ["", #","sign":null"#, #","sign":"""#])
    func unsigned(rest: String) throws {
        #expect(
            try Example.fault(#"{"\#(Example.name)":\#(Example.node)\#(rest)}"#)
                == .unverified(.noSignature(nil)))
    }

    @Test("is refused with a signature that is no text", arguments: ["7", "true", "[]", "{}"])
    func otherSign(value: String) throws {
        #expect(
            try Example.fault(#"{"\#(Example.name)":\#(Example.node),"sign":\#(value)}"#)
                == .unverified(.otherSignature))
    }

    /// Answers that these tests sign.
    private func members(_ node: [UInt8], sent: [UInt8]? = nil, repairing: Bool = false) throws -> JSONObject {
        let sign = try Scenario.signature(of: node)
        let body = Array(#"{"alipay_x_response":"#.utf8) + (sent ?? node) + Array(#","sign":"\#(sign)"}"#.utf8)
        return try VerifiedAnswer(
            body, to: "alipay.x", verifiedWith: try Scenario().app().keys, repairing: repairing
        ).members
    }

    @Test("may have members named sign, quotes and braces in what is signed")
    func innerNames() throws {
        let node = #"{"sign":"x","a":{"sign":"}\"{","alipay_x_response":{}},"b":["]","\\"],"error_response":1}"#
        #expect(try members(Array(node.utf8))["a"]?["sign"] == "}\"{")
    }

    @Test("with escaped slashes is believed, signed as it is or as if they were not escaped")
    func escapedSlashes() throws {
        let (escaped, plain) = (#"{"avatar":"https:\/\/a\/b","note":"\\/"}"#, #"{"avatar":"https://a/b","note":"\\/"}"#)
        for signed in [escaped, plain] {
            let members = try members(Array(signed.utf8), sent: Array(escaped.utf8))
            #expect(members["avatar"] == "https://a/b")
            #expect(members["note"] == #"\/"#)
        }
    }

    @Test(
        "is refused if a slash or a backslash means something else than what was signed",
        arguments: [
            (#"{"a":"\/"}"#, #"{"a":"\\/"}"#), (#"{"a":"/"}"#, #"{"a":"\\/"}"#), (#"{"a":"\\/"}"#, #"{"a":"\/"}"#),
            // Escapes are undone, and never added.
            (#"{"a":"\/"}"#, #"{"a":"/"}"#),
        ])
    func otherSlashes(signed: String, sent: String) throws {
        #expect(throws: Fault.unverified(.otherSignature)) {
            try members(Array(signed.utf8), sent: Array(sent.utf8))
        }
    }

    private static let gbk: [UInt8] = [0xD5, 0xC5]  // 张
    /// Characters of two bytes that end in a backslash, a brace and a bracket.
    private static let tricky: [UInt8] = [0x81, 0x5C, 0x81, 0x7D, 0x81, 0x5D, 0x81, 0x7B]

    @Test(
        "with text that is not UTF-8 is believed where people's names may be in it, and costs the name",
        arguments: [[0xFF], gbk, tricky, [0xE5, 0xBC], [0xF0, 0x9F, 0x98], tricky + gbk, [0x81]])
    func otherEncodings(name: [UInt8]) throws {
        let node = Array(#"{"open_id":"o-1","nick_name":""#.utf8) + name + Array(#"","city":"\/"}"#.utf8)
        let members = try members(node, repairing: true)
        #expect(members["open_id"] == "o-1")
        #expect(members["city"] == "/")
        #expect(members.text("nick_name").map(TextRepair.isRepaired) == true)
        #expect(throws: Fault.unreadable) { try self.members(node) }
    }

    @Test("with half a surrogate pair is believed where people's names may be in it")
    func surrogates() throws {
        let node = Array(#"{"open_id":"o-1","nick_name":"a\ud83d","more":"\ud83d\ude00\\u"}"#.utf8)
        let members = try members(node, repairing: true)
        #expect(members["nick_name"] == "a\u{FFFD}")
        #expect(members["more"] == #"😀\u"#)
        #expect(throws: Fault.unreadable) { try self.members(node) }
    }

    @Test("in another encoding is refused if something else is signed")
    func forgedEncodings() throws {
        let node = Array(#"{"nick_name":""#.utf8) + Self.tricky + Array(#""}"#.utf8)
        #expect(throws: Fault.unverified(.otherSignature)) {
            try members(Array(#"{"nick_name":"x"}"#.utf8), sent: node, repairing: true)
        }
    }

    @Test("is read within bounds, whatever it is cut to")
    func cut() throws {
        let bytes = Array(Self.body.utf8)
        for count in bytes.indices {
            let part = String(decoding: bytes[..<count], as: UTF8.self)
            #expect(try Example.fault(part) != nil)
            for encoding in TextRepair.Encoding.allCases {
                let raw = RawMembers(bytes: Array(bytes[..<count]) + [0x81], encoding: encoding)
                #expect(raw.value(of: "absent") == nil)
            }
        }
    }
}
