import Foundation
import IdentityBroker
import StrictJSON

/// What `encrypted_data` turned out to be.
enum DecryptedRecord {
    /// The user's profile, with the openid.
    case profile(JSONObject)
    /// The user's phone number.
    case phone(PhoneStatement, JSONObject)

    /// How much ahead of ours WeChat's clock may be.
    private static let clockTolerance: TimeInterval = 300

    /// Reads a record that decrypted with the user's session key.
    ///
    /// The key proves WeChat and the user, but CBC protects no message from its owner: who knows a plaintext can choose the
    /// first block of another one, and put blocks after it that they know, such as the name that they gave themselves. So
    /// the record must have every member of its kind, and those that state one fact must agree: to forge all of them takes
    /// more than one free block.
    ///
    /// - Parameters:
    ///   - openid: The user's, by the code.
    ///   - age: How old the watermark may be.
    /// - Throws: ``BrokerError`` of kind `invalidCredential`.
    init(
        _ members: JSONObject,
        of openid: String,
        for appId: String,
        noOlderThan age: Duration,
        at now: Date
    ) throws(BrokerError) {
        let watermark = members["watermark"]?.object
        guard let app = watermark?.text("appid"), app.utf8.elementsEqual(appId.utf8) else {
            throw .refused("encrypted_data is of another app than the one that appId names.")
        }
        guard let time = watermark?["timestamp"]?.wholeNumber,
            (-Self.clockTolerance...age / .seconds(1)).contains(now.timeIntervalSince1970 - Double(time))
        else { throw .refused("encrypted_data is too old. The app has to ask WeChat for it again.") }
        switch (members["openId"], members["phoneNumber"]) {
        case (let owner?, nil):
            guard owner.string?.utf8.elementsEqual(openid.utf8) == true else {
                throw .refused("encrypted_data is another user's.")
            }
            self = .profile(members)
        case (nil, .some):
            let statement = PhoneStatement(members)
            guard statement != .contradictory, members["nickName"] == nil else {
                throw .refused("encrypted_data contradicts itself on the phone number.")
            }
            self = .phone(statement, members)
        default:
            throw .refused("encrypted_data is neither the user's profile nor the user's phone number.")
        }
    }
}
