import Foundation
import IdentityBroker

@testable import WXAppProvider

/// The provider's reading of an answer, before the pipeline judges and cleans it.
enum Decoding {
    /// A time at which the token of the documented record has not expired.
    static let now = Date(timeIntervalSince1970: 1_582_781_700)
    static let userPoolId = "5e4cdd055df3df65dc58b97d"
    private static let scope = RecordScope(userPoolId: userPoolId, appId: "wxa0435021fd7a3af2")

    static func outcome(of answer: Answer) -> Result<UpstreamIdentity, BrokerError> {
        Result { () throws(BrokerError) in
            let record = GenAuthUserRecord(try answer.response.userRecord(at: now))
            let inspection = try TokenInspector(key: nil).inspect(record, at: now)
            return try UpstreamIdentity(record, token: inspection, in: scope)
        }
    }
}
