/// A first-in, first-out list whose operations take constant time on average.
struct Queue<Item> {
  private var items: [Item] = []
  private var head = 0

  var first: Item? { head < items.count ? items[head] : nil }

  mutating func append(_ item: Item) {
    items.append(item)
  }

  mutating func removeFirst() {
    head += 1
    if head == items.count {
      items.removeAll(keepingCapacity: true)
      head = 0
    } else if head > 1024, head > items.count / 2 {
      items.removeFirst(head)
      head = 0
    }
  }
}

extension Queue: Sendable where Item: Sendable {}
