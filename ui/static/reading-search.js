// Search in a text as a reader would: without regard to case, accents, vowel points or the shape of a
// dash, in any script, over the boundaries of elements. It reads the page; it does not change it.
"use strict";

sstc.search = (() => {
  // Accents and vowel points may be left out, and so may what joins or directs letters. The vowel signs
  // of Indic scripts may not: they are letters that happen to be written as marks.
  const IGNORED =
    /(?=\p{M})[\p{Script=Inherited}\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}]|\p{Cf}|\u0640/gu;
  const ALIKE = [
    [/[\u2018\u2019\u201a\u201b\u02bc\u2032]/g, "'"],
    [/[\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033]/g, '"'],
    [/[\u2010-\u2015\u2212]/g, "-"],
    [/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String(digit.charCodeAt(0) & 15)],
    [/\s/g, " "],
  ];
  const BLOCKS = "h1, h2, h3, h4, h5, h6, .passage";
  const known = new Map();

  // One code point at a time, so that the fold of a text is that of its points, one behind the other.
  function foldPoint(point) {
    if (point.length === 1 && point >= "a" && point <= "z") return point;
    let folded = known.get(point);
    if (folded === undefined) {
      folded = point.normalize("NFKD").toUpperCase().toLowerCase().normalize("NFKD");
      folded = folded.replace(IGNORED, "");
      for (const [pattern, one] of ALIKE) folded = folded.replace(pattern, one);
      known.set(point, folded);
    }
    return folded;
  }

  const fold = (text) => Array.from(text, foldPoint).join("").replace(/ +/g, " ").trim();

  function textNodes(block) {
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) nodes.push(walker.currentNode);
    return nodes;
  }

  // The folded text of `root`, and for each of its units where that begins and ends in the text nodes
  // laid end to end. A line break, which no query has, stands between blocks.
  function read(root) {
    const reading = { text: "", nodes: [], offsets: [], starts: [], ends: [] };
    const parts = [];
    let length = 0;
    for (const block of root.querySelectorAll(BLOCKS)) {
      let behind = " ";
      for (const node of textNodes(block)) {
        reading.nodes.push(node);
        reading.offsets.push(length);
        for (const point of node.data) {
          const folded = foldPoint(point);
          const end = length + point.length;
          if (folded === "" && behind !== " ") {
            reading.ends[reading.ends.length - 1] = end;
          } else if (folded !== "" && !(folded === " " && behind === " ")) {
            for (let unit = 0; unit < folded.length; unit += 1) {
              reading.starts.push(length);
              reading.ends.push(end);
            }
            parts.push(folded);
            behind = folded.at(-1);
          }
          length = end;
        }
      }
      parts.push("\n");
      reading.starts.push(length);
      reading.ends.push(length);
    }
    reading.text = parts.join("");
    return reading;
  }

  // The last text node that begins before `place`.
  function nodeAt(offsets, place) {
    let low = 0;
    let high = offsets.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (offsets[middle] <= place) low = middle;
      else high = middle;
    }
    return low;
  }

  function rangeOf({ nodes, offsets, starts, ends }, first, last) {
    const range = document.createRange();
    const from = nodeAt(offsets, starts[first]);
    const to = nodeAt(offsets, ends[last] - 1);
    range.setStart(nodes[from], starts[first] - offsets[from]);
    range.setEnd(nodes[to], ends[last] - offsets[to]);
    return range;
  }

  // Every place of `query` in what was read, in order, none within another.
  function find(reading, query) {
    const wanted = fold(query);
    const ranges = [];
    if (!wanted) return ranges;
    let at = reading.text.indexOf(wanted);
    while (at >= 0) {
      ranges.push(rangeOf(reading, at, at + wanted.length - 1));
      at = reading.text.indexOf(wanted, at + wanted.length);
    }
    return ranges;
  }

  return { fold, read, find };
})();
