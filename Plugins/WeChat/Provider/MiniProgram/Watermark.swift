import Foundation
import StrictJSON
import UpstreamAPI

/// Which app WeChat made data for, and when.
struct Watermark {
    private let appId: String
    private let time: Int64?

    /// How much ahead of ours WeChat's clock may be.
    private static let clockTolerance: TimeInterval = 300

    /// Nil if the data names no app.
    init?(_ members: JSONObject) {
        guard let watermark = members["watermark"]?.object, let appId = watermark.text("appid") else { return nil }
        self.appId = appId
        time = watermark["timestamp"]?.wholeNumber
    }

    func names(_ other: String) -> Bool { appId.utf8.elementsEqual(other.utf8) }

    /// Whether the data is no older than this, and not of the future; false without a time.
    func isCurrent(within age: Duration, at now: Date) -> Bool {
        guard let time else { return false }
        return (-Self.clockTolerance...age / .seconds(1)).contains(now.timeIntervalSince1970 - Double(time))
    }
}
