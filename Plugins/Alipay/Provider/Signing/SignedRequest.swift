import Crypto
import CryptoExtras
import Foundation
import HTTPTypes
import IdentityBroker
import UpstreamAPI

/// A request to the gateway: the common parameters and a method's own, signed with the app's key (RSA2).
struct SignedRequest: Sendable {
    /// The parameters without the signature.
    private let parameters: [String: String]

    /// - Parameters:
    ///   - method: The name of the method, such as `alipay.system.oauth.token`.
    ///   - parameters: Its own parameters.
    init(_ method: String, _ parameters: [String: String], of app: AlipayApp, at now: Date) {
        var common = [
            "app_id": app.appId, "method": method, "format": "JSON", "charset": "utf-8", "sign_type": "RSA2",
            "timestamp": Self.timestamp(now), "version": "1.0",
        ]
        if let certificates = app.keys.certificates {
            common["app_cert_sn"] = certificates.app
            common["alipay_root_cert_sn"] = certificates.root
        }
        self.parameters = common.merging(parameters) { _, own in own }
    }

    /// What is signed: the parameters that are not empty, sorted by name, as they are before they are encoded.
    static func signedText(of parameters: [String: String]) -> String {
        sorted(parameters).map { "\($0.key)=\($0.value)" }.joined(separator: "&")
    }

    private static func sorted(_ parameters: [String: String]) -> [(key: String, value: String)] {
        parameters.filter { !$0.value.isEmpty && $0.key != "sign" }
            .sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    }

    /// The time in Beijing, where the gateway lives: without daylight saving, eight hours ahead of UTC, wherever the broker
    /// runs.
    static func timestamp(_ time: Date) -> String {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = .gmt
        let parts = calendar.dateComponents(
            [.year, .month, .day, .hour, .minute, .second], from: time.addingTimeInterval(8 * 60 * 60))
        func digits(_ number: Int?, _ count: Int) -> String {
            let text = "\(number ?? 0)"
            return String(repeating: "0", count: max(count - text.count, 0)) + text
        }
        return """
            \(digits(parts.year, 4))-\(digits(parts.month, 2))-\(digits(parts.day, 2)) \
            \(digits(parts.hour, 2)):\(digits(parts.minute, 2)):\(digits(parts.second, 2))
            """
    }

    /// The request, all in its body: a query would be in the logs of every proxy, with the code.
    ///
    /// - Throws: ``BrokerError`` of kind `internalError` if the key does not sign.
    func upstreamRequest(to app: AlipayApp) throws(BrokerError) -> UpstreamRequest {
        let digest = SHA256.hash(data: Array(Self.signedText(of: parameters).utf8))
        guard let signature = try? app.keys.app.signature(for: digest, padding: .insecurePKCS1v1_5) else {
            throw BrokerError(.internalError, "The app's private key did not sign the request.")
        }
        var form = FormFields()
        for (name, value) in Self.sorted(parameters) { form.add(name, value) }
        form.add("sign", signature.rawRepresentation.base64EncodedString())
        return UpstreamRequest(
            method: .post, url: app.gateway,
            headerFields: [
                .contentType: "application/x-www-form-urlencoded;charset=utf-8", .accept: "application/json",
            ],
            body: Array(form.text.utf8))
    }
}

extension SignedRequest: CustomReflectable {
    /// A mirror without children: a code or a token is in it.
    var customMirror: Mirror { Mirror(self, children: [:]) }
}
