package import Foundation
import HTTPTypes
package import IdentityBroker
package import StrictJSON
package import UpstreamAPI

extension UpstreamResponse {
    /// The object in an answer that is a success.
    ///
    /// The body says what it is. WeChat calls JSON `text/plain`, and answers failures with status 200 and an `errcode`, as
    /// a number or as text; a success has `errcode` 0 or none, and any status of 2xx. What it has to have besides, the caller
    /// checks.
    ///
    /// - Throws: ``BrokerError``: what the code or the status means. The vendor's own message is never repeated: it contains
    ///   our address, and sometimes the code.
    package func object(from endpoint: APIEndpoint, at now: Date) throws(BrokerError) -> JSONObject {
        try endpoint.success(readableObject, codeIn: "errcode", under: status, retryAfter: retryAfter(at: now))
    }

    /// Whether the answer refuses the app's access token, and so has not looked at anything else in the request.
    package var refusesAppToken: Bool { errcode.map(codesOfAppToken.contains) ?? false }

    /// The `errcode`, as a number or as text; nil if there is none that can be read.
    package var errcode: Int64? { readableObject?["errcode"]?.wholeNumber }

    private var readableObject: JSONObject? { (try? JSONReader.allowingRawControlCharacters.read(body))?.object }
}

/// The codes that refuse the app's access token and nothing else, where a request carries one.
package let codesOfAppToken: Set<Int64> = [40001, 40014, 42001]
