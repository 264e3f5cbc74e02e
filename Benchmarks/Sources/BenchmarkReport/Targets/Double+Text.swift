import Foundation

extension Double {
    /// The number with so many digits behind the point.
    func rounded(toPlaces places: Int) -> String {
        String(format: "%.\(places)f", self)
    }
}
