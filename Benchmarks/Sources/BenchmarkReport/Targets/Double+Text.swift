import Foundation

extension Double {
    /// The number with this many decimal places.
    func rounded(toPlaces places: Int) -> String {
        String(format: "%.\(places)f", self)
    }
}
