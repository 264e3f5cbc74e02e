import IdentityBroker
import StrictJSON

extension Claims {
    /// `male` or `female`; nil for anything else, including unknown. WeChat writes 1 and 2 and, since October 2021, 0;
    /// GenAuth writes M, F and U.
    static func gender(_ value: JSONValue?) -> String? {
        switch value?.textOrNumber?.lowercased() {
        case "1", "m", "male": "male"
        case "2", "f", "female": "female"
        default: nil
        }
    }
}
