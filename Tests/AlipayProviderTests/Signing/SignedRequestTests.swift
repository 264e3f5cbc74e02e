import BrokerTesting
import CryptoExtras
import Crypto
import Foundation
import HTTPTypes
import IdentityBroker
import LoopbackServer
import Testing

@testable import AlipayProvider

@Suite("A request to the gateway")
struct SignedRequestTests {
    @Test("signs its parameters that are not empty, by name, as they are before they are encoded")
    func signedText() {
        let parameters = [
            "version": "1.0", "app_id": "2021", "sign_type": "RSA2", "biz_content": #"{"subject":"大乐透 & 1=1"}"#,
            "empty": "", "sign": "x", "Z": "upper case comes first",
        ]
        #expect(
            SignedRequest.signedText(of: parameters)
                == #"Z=upper case comes first&app_id=2021&biz_content={"subject":"大乐透 & 1=1"}&sign_type=RSA2&version=1.0"#
        )
    }

    @Test(
        "has the time in Beijing, wherever the broker runs",
        arguments: [
            (0, "1970-01-01 08:00:00"), (1_767_323_045, "2026-01-02 11:04:05"), (1_767_283_199, "2026-01-01 23:59:59"),
            (1_767_283_200, "2026-01-02 00:00:00"), (1_709_222_400, "2024-03-01 00:00:00"),
            // In summer, when other places have changed their clocks.
            (1_782_864_000, "2026-07-01 08:00:00"),
        ])
    func timestamp(seconds: TimeInterval, text: String) {
        #expect(SignedRequest.timestamp(Date(timeIntervalSince1970: seconds)) == text)
    }

    /// The app's key in every form in which it may be given.
    static let keys = [
        TestKey.app, TestKey.appAsPKCS1, TestKey.pem("PRIVATE KEY", TestKey.app),
        TestKey.pem("RSA PRIVATE KEY", TestKey.appAsPKCS1),
        TestKey.pem("PRIVATE KEY", TestKey.app).replacing("\n", with: "\r\n"),
        "\(TestKey.app.prefix(64))\n\(TestKey.app.dropFirst(64))",
    ]

    @Test("is a form with everything in it, signed with the app's key, whatever that is written as", arguments: keys)
    func form(key: String) async throws {
        let desk = try Scenario { $0.settings.privateKey = .literal(Secret(key)) }.desk()
        _ = try await desk.redirect()
        #expect(desk.transport.words == ["token", "share"])
        for request in desk.transport.requests {
            #expect(request.head.method == .post)
            #expect(request.head.authority == "openapi.alipay.com")
            // What is in a query is in the logs of every proxy.
            #expect(request.head.path == "/gateway.do")
            #expect(request.head.headerFields[.contentType] == "application/x-www-form-urlencoded;charset=utf-8")
            let form = request.form
            let common = [
                "app_id": Scenario.appId, "format": "JSON", "charset": "utf-8", "sign_type": "RSA2", "version": "1.0",
                "timestamp": "2026-01-02 11:04:05",
            ]
            for (name, value) in common { #expect(form[name] == value) }
            #expect(form["app_cert_sn"] == nil && form["biz_content"] == nil)
            let sign = try #require(form["sign"].flatMap { Data(base64Encoded: $0) })
            let text = form.filter { $0.key != "sign" }.sorted { $0.key < $1.key }
                .map { "\($0.key)=\($0.value)" }.joined(separator: "&")
            let publicKey = try _RSA.Signing.PublicKey(
                derRepresentation: try #require(Data(base64Encoded: TestKey.appPublic)))
            #expect(
                publicKey.isValidSignature(
                    _RSA.Signing.RSASignature(rawRepresentation: sign), for: SHA256.hash(data: Array(text.utf8)),
                    padding: .insecurePKCS1v1_5))
        }
        let (token, share) = (desk.transport.requests[0].form, desk.transport.requests[1].form)
        #expect(token["method"] == "alipay.system.oauth.token")
        #expect(token["grant_type"] == "authorization_code" && token["code"] == Scenario.code)
        #expect(share["method"] == "alipay.user.info.share")
        #expect(share["auth_token"] == Scenario.accessToken && share["code"] == nil)
    }
}
