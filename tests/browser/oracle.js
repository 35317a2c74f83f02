// What two drawings of a figure show, in pixels of the data area: the pages' and that of plotly.js.
const KINDS = {points: "marks", bars: "bars", errorbars: "error bars", lines: "lines", fills: "areas",
    gridlayer: "grid", shapelayer: "shapes", hm: "cells"};
const APART = "defs, .draglayer, .hoverlayer, .bg, .bglayer, .zoombox";
const known = new Map();
const rounded = number => Math.round(number * 100) / 100;

async function drawings(svg, figure) {
    document.body.innerHTML = "<div></div><div></div>";
    const [ours, theirs] = document.body.children;
    ours.innerHTML = svg;
    const drawn = ours.firstChild, [, , width, height] = drawn.getAttribute("viewBox").split(" ").map(Number);
    drawn.setAttribute("width", width);
    const clip = drawn.querySelector("clipPath rect").getBBox();
    const area = [clip.x, clip.y, clip.width, clip.height];
    const [x, y, w, h] = area, layout = {...figure.layout, width, height, title: null,
        margin: {l: x, t: y, r: width - x - w, b: height - y - h, pad: 0, autoexpand: false}};
    layout.annotations = layout.annotations?.filter(note => note.name !== "source");
    for (const name in layout)
        if (/^[xy]axis\d*$/.test(name)) layout[name] = {...layout[name], automargin: false};
    await Plotly.newPlot(theirs, figure.data, layout, {staticPlot: true});
    const result = {area, width, ours: {painted: {}, words: []}, plotly: {painted: {}, words: []}};
    await put(result.ours, drawn, x, y);
    for (const layer of theirs.querySelectorAll(".main-svg")) await put(result.plotly, layer, x, y);
    for (const words of result.ours.words) words.ticks = fromTicks(theirs, words, area);
    return JSON.stringify(result);
}

async function put({painted, words}, svg, x, y) {
    const frame = svg.getBoundingClientRect(), left = frame.left + x, top = frame.top + y;
    const add = (style, kind, points) => ((painted[style] ||= {})[kind] ||= []).push(...points);
    for (const element of svg.querySelectorAll("path, rect, circle, image")) {
        const style = getComputedStyle(element), kind = kindOf(element);
        if (element.closest(APART) || style.display === "none" || style.visibility === "hidden") continue;
        const matrix = element.getScreenCTM(), clips = clipsOf(element, svg);
        const seen = ([x, y]) => {
            const at = new DOMPoint(x, y).matrixTransform(matrix);
            const clipped = clips.some(([x0, y0, x1, y1]) => at.x < x0 || at.x > x1 || at.y < y0 || at.y > y1);
            return clipped ? [] : [[rounded(at.x - left), rounded(at.y - top)]];
        };
        if (element.tagName === "image") {
            for (const [colour, points] of await cellsOf(element)) add(`fill ${colour}`, kind, points.flatMap(seen));
            continue;
        }
        let opacity = 1;
        for (let up = element; up !== svg; up = up.parentNode) opacity *= getComputedStyle(up).opacity;
        const fill = colourOf(style.fill, opacity * style.fillOpacity), wide = parseFloat(style.strokeWidth);
        const stroke = colourOf(style.stroke, opacity * style.strokeOpacity);
        const dashed = style.strokeDasharray === "none" ? "" : " dashed";
        for (const points of outlinesOf(element)) {
            const flat = [0, 1].some(i => points.every(at => Math.abs(at[i] - points[0][i]) < .01));
            const shown = points.flatMap(seen);
            if (fill && !flat && kind !== "error bars") add(`fill ${fill}`, kind, shown);
            if (stroke && wide) add(`stroke ${stroke} ${wide}px${dashed}`, kind, shown);
        }
    }
    for (const element of svg.querySelectorAll("text")) {
        if (element.closest(APART) || getComputedStyle(element).visibility === "hidden") continue;
        const lines = element.querySelectorAll("tspan.line");
        for (const line of lines.length ? lines : [element]) {
            const box = line.getBoundingClientRect(), text = line.textContent.replace(/\u00a0/g, " ").trim();
            const sides = [box.left - left, box.top - top, box.right - left, box.bottom - top];
            if (text && box.width) words.push({text, box: sides.map(rounded)});
        }
    }
}

function kindOf(element) {
    for (let up = element; up; up = up.parentElement)
        for (const name of up.classList) if (KINDS[name]) return KINDS[name];
    return "other";
}

function colourOf(paint, opacity) {
    if (paint.startsWith("url")) return "hatched";
    const [red, green, blue, alpha = 1] = paint.match(/[\d.]+/g)?.map(Number) || [0, 0, 0, 0];
    return alpha * opacity ? `${red} ${green} ${blue} / ${rounded(alpha * opacity)}` : "";
}

// The boxes outside of which an element is not seen.
function clipsOf(element, svg) {
    const boxes = [];
    for (let up = element; up !== svg; up = up.parentNode) {
        const name = /url\("?#(.+?)"?\)/.exec(getComputedStyle(up).clipPath)?.[1];
        if (!name) continue;
        const {x, y, width, height} = document.getElementById(name).querySelector("rect").getBBox();
        const [from, to] = [[x, y], [x + width, y + height]].map(
            at => new DOMPoint(...at).matrixTransform(up.getScreenCTM()));
        boxes.push([from.x - .1, from.y - .1, to.x + .1, to.y + .1]);
    }
    return boxes;
}

// Points on each outline of an element. Marks of one form are many, and slow to measure.
function outlinesOf(element) {
    const number = name => Number(element.getAttribute(name) || 0), r = number("r");
    let [d, x, y] = [element.getAttribute("d") || "", 0, 0];
    if (r) [d, x, y] = [`M${r} 0A${r} ${r} 0 1 1 ${-r} 0A${r} ${r} 0 1 1 ${r} 0`, number("cx"), number("cy")];
    if (element.tagName === "rect")
        [d, x, y] = [`M0 0H${number("width")}V${number("height")}H0Z`, number("x"), number("y")];
    if (!known.has(d)) known.set(d, (d.match(/M[^M]*/g) || []).map(measured));
    return known.get(d).map(points => points.map(at => [at[0] + x, at[1] + y]));
}

function measured(d) {
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", d);
    const length = path.getTotalLength(), many = Math.ceil(length);
    return Array.from({length: many && many + 1}, (_, n) => {
        const at = path.getPointAtLength(length * n / many);
        return [at.x, at.y];
    });
}

// plotly.js paints cells as a picture: the points at which one colour ends, by colour.
async function cellsOf(element) {
    const {x, y, width, height} = element.getBBox(), image = new Image(), colours = new Map();
    image.src = element.getAttribute("href") || element.getAttribute("xlink:href");
    await image.decode();
    const {width: w, height: h} = image, canvas = new OffscreenCanvas(w, h).getContext("2d");
    canvas.drawImage(image, 0, 0);
    const pixels = new Uint32Array(canvas.getImageData(0, 0, w, h).data.buffer);
    const at = (i, j) => i < 0 || j < 0 || i >= w || j >= h ? 0 : pixels[j * w + i];
    for (let j = 0; j < h; j++)
        for (let i = 0; i < w; i++) {
            const here = at(i, j);
            if (!here || [at(i - 1, j), at(i + 1, j), at(i, j - 1), at(i, j + 1)].every(p => p === here)) continue;
            const colour = `${here & 255} ${here >> 8 & 255} ${here >> 16 & 255} / ${rounded((here >>> 24) / 255)}`;
            if (!colours.has(colour)) colours.set(colour, []);
            colours.get(colour).push([x + (i + .5) * width / w, y + (j + .5) * height / h]);
        }
    return colours;
}

// How far words beside the plot are from where plotly.js has the value that they say, on each axis.
function fromTicks(graph, {text, box: [left, top, right, bottom]}, [x, y, , h]) {
    const words = text.replace(/,/g, ""), day = /^\d+$/.test(words) ? `1 Jan ${words}` : `1 ${words}`;
    return Object.values(graph._fullLayout).filter(part => part?.l2p).flatMap(axis => {
        const across = axis._id[0] === "x";
        if (across ? top < h : right > 0) return [];
        const value = axis.type === "date" ? Date.parse(`${day} UTC`) : parseFloat(words);
        const at = axis._offset + axis.l2p(axis.d2l(value)) - (across ? x : y);
        return isNaN(at) ? [] : [Math.abs(at - (across ? left + right : top + bottom) / 2)];
    });
}
