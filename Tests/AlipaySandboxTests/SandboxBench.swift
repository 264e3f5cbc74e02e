import BrokerSandbox
import Crypto
import CryptoExtras
import Foundation
import LoopbackServer
import Testing

@testable import AlipaySandbox

/// A sandbox without its servers, and an app that asks it.
struct SandboxBench {
    static let now = Date(timeIntervalSince1970: 1_767_323_045)
    static let ada = Person.all[0]
    /// Made once: that takes long.
    private static let keys = Result { try GatewayKeys.make() }
    private static let keysWithCertificates = Result { try GatewayKeys.make(certificateTime: now) }

    var state: SandboxState
    private let appKey: _RSA.Signing.PrivateKey

    init(givesUserIds: Bool = false, hasCertificates: Bool = false) throws {
        let keys = try (hasCertificates ? Self.keysWithCertificates : Self.keys).get()
        let der = try #require(Data(base64Encoded: keys.appKey))
        appKey = try _RSA.Signing.PrivateKey(derRepresentation: der)
        state = SandboxState(
            appId: AlipaySandbox.appId, keys: keys.gateway, givesUserIds: givesUserIds,
            redirectURIs: RedirectURIs(["https://app.example/callback"], loopbackPath: "/callback/work")
        ) { count in (0..<count).map { _ in UInt8.random(in: 0 ... .max) } }
    }

    /// The parameters of a request, signed.
    func signed(
        _ method: String,
        _ own: [String: String],
        changing change: (inout [String: String]) -> Void = { _ in }
    ) throws -> [String: String] {
        var parameters = own
        parameters["method"] = method
        for (name, value) in [
            "app_id": AlipaySandbox.appId, "format": "JSON", "charset": "utf-8", "sign_type": "RSA2", "version": "1.0",
            "timestamp": "2026-01-02 11:04:05",
        ] { parameters[name] = value }
        if let numbers = state.keys.numbers {
            parameters["app_cert_sn"] = numbers.app
            parameters["alipay_root_cert_sn"] = numbers.root
        }
        change(&parameters)
        let text = GatewayKeys.signedText(of: parameters)
        let signature = try appKey.signature(for: SHA256.hash(data: Array(text.utf8)), padding: .insecurePKCS1v1_5)
        parameters["sign"] = signature.rawRepresentation.base64EncodedString()
        return parameters
    }

    /// The node of an answer, whose signature has to verify if it is to have one.
    mutating func ask(_ parameters: [String: String], inQuery: Bool = false, isSigned: Bool = true) throws -> (
        name: String, node: [String: Any]
    ) {
        let text = FormText.encode(parameters)
        let request = ReceivedRequest(
            method: "POST", target: "/gateway.do\(inQuery ? "?\(text)" : "")",
            headers: [HeaderField("Content-Type", "application/x-www-form-urlencoded;charset=utf-8")],
            body: inQuery ? [] : Array(text.utf8))
        let script = try state.answer(request, at: Self.now)
        guard case .respond(let response)? = script.steps.first else {
            Issue.record("There is no answer.")
            return ("", [:])
        }
        #expect(response.status == 200)
        #expect(response.headers == [HeaderField("Content-Type", "text/html;charset=utf-8")])
        let body = String(decoding: response.body, as: UTF8.self)
        let members = try #require(JSON.members(of: response.body))
        let name = try #require(members.keys.first { $0.hasSuffix("_response") })
        guard isSigned else {
            #expect(members["sign"] == nil && members["alipay_cert_sn"] == nil)
            return (name, try #require(members[name] as? [String: Any]))
        }
        let node = String(body.dropFirst(name.utf8.count + 4).prefix { _ in true })
        let number = state.keys.numbers.map { #","alipay_cert_sn":"\#($0.alipay)""# } ?? ""
        let end = try #require(node.range(of: #"\#(number),"sign":""#, options: .backwards))
        let signature = try #require((members["sign"] as? String).flatMap { Data(base64Encoded: $0) })
        #expect(
            state.keys.gateway.publicKey.isValidSignature(
                _RSA.Signing.RSASignature(rawRepresentation: signature),
                for: SHA256.hash(data: Array(node[..<end.lowerBound].replacing(#"\/"#, with: "/").utf8)),
                padding: .insecurePKCS1v1_5))
        return (name, try #require(members[name] as? [String: Any]))
    }
}
