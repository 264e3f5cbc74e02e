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

    /// How the time of the data is wrong, for a sentence about it; nil if it is no older than this, and not of the future.
    func fault(olderThan age: Duration, at now: Date) -> String? {
        guard let time else { return "has no time" }
        let elapsed = now.timeIntervalSince1970 - Double(time)
        if elapsed > age / .seconds(1) { return "is too old" }
        return elapsed < -Self.clockTolerance
            ? "is of the future, so a clock is off, perhaps that of this machine" : nil
    }
}
